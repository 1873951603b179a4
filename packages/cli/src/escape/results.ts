import { type Results, version } from "@softfield/node";
import type { PairModel, Table } from "softfield";
import { cell } from "../shell/cells.ts";
import type { Configuration } from "../shell/load.ts";
import { behind, inHead, temperatureText } from "../shell/units.ts";
import type { Escaped, Passage, Way } from "./ways.ts";

/** What `softfield escape` says; printed by --json, written to .json. */
export interface EscapeSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly temperature: number;
  readonly searches: number;
  /** Searches that ended at no saddle, and at one that does not lead back. */
  readonly lost: number;
  readonly elsewhere: number;
  /** Of all saddles, 1/τ₀, and its inverse, τ₀: null where no saddle was found. */
  readonly rate: number;
  readonly time: number | null;
  readonly ways: readonly Readonly<Record<string, number>>[];
  /** Of molecular dynamics: time (null: none until the end), particle, and the way, from 1 (null: none of these). */
  readonly passages: readonly {
    readonly seed: number;
    readonly time: number | null;
    readonly particle: number | null;
    readonly way: number | null;
    readonly difference: number | null;
  }[];
  /** Time in all over passages, τ₀; null where there was none. */
  readonly passageTime: number | null;
  readonly seconds: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

export function summariseEscape(
  { file, model, system, warnings }: Configuration,
  found: Escaped,
  rest: Pick<EscapeSummary, "seconds" | "outputs">,
): EscapeSummary {
  const { ways, passages, searches, lost, elsewhere } = found;
  const rate = ways.reduce((sum, way) => sum + way.rate, 0);
  const there = passages.filter(({ time }) => time < Infinity);
  const whole = passages.reduce((sum, { time, until }) => sum + Math.min(time, until), 0);
  return {
    ...{ file, version, model: model.name, particles: system.species.length },
    temperature: found.temperature,
    ...{ searches, lost, elsewhere, rate, time: rate > 0 ? 1 / rate : null },
    ways: ways.map(({ saddle: _saddle, other: _other, returns: _returns, ...numbers }) => numbers),
    passages: passages.map(({ seed, time, particle, way, difference }) => ({
      seed,
      time: time < Infinity ? time : null,
      particle: time < Infinity ? particle : null,
      way,
      difference: time < Infinity ? difference : null,
    })),
    passageTime: there.length > 0 ? whole / there.length : null,
    ...{ seconds: rest.seconds, outputs: rest.outputs },
    warnings: [...warnings, ...looksFarApart(passages, 1 / rate, model)],
  };
}

/** A passage is expected less often than this many looks, or several may lie between two. */
const LOOKS = 5;

function looksFarApart(passages: readonly Passage[], time: number, model: PairModel): string[] {
  const look = passages[0]?.look ?? 0;
  return look * LOOKS <= time
    ? []
    : [
        `the minimum below was looked at every ${look.toPrecision(3)}${behind("τ₀", model)}, where the rates expect a passage in ${time.toPrecision(3)}: several may lie between two looks, and a run may end at none of the ways out; choose --every ${(time / LOOKS).toPrecision(1)} or less`,
      ];
}

/** A row a way out. */
export function escapeResults(
  { file, system, model }: Configuration,
  { ways, passages }: Escaped,
  summary: EscapeSummary,
): Results {
  const { dimension: d } = system.box;
  const real = (name: string, value: (way: Way) => number, unit: string, description: string) => ({
    name,
    values: Float64Array.from(ways, value),
    unit,
    description,
  });
  const whole = (name: string, value: (way: Way, k: number) => number, description: string) => ({
    name,
    values: Int32Array.from(ways, value),
    description,
  });
  const columns: Table["columns"] = [
    whole("particle", ({ particle }) => particle, "that moves furthest, zero-based"),
    ...Array.from("xyz".slice(0, d), (axis, a) =>
      real(axis, ({ particle }) => system.positions[particle * d + a], "λ", "of that particle"),
    ),
    real("barrier", (way) => way.barrier, "ε", "from this minimum to the saddle"),
    real("back", (way) => way.back, "ε", "from the minimum behind it to the saddle"),
    real("difference", (way) => way.difference, "ε", "energy of that minimum over this one's"),
    real("curvature", (way) => way.curvature, "1/τ₀²", "ω² < 0 of the unstable mode at the saddle"),
    real("prefactor", (way) => way.prefactor, "1/τ₀", "(|ω₋|/2π)√(det M/|det M_saddle|)"),
    real("rate", (way) => way.rate, "1/τ₀", "prefactor times e^(−barrier/k_BT)"),
    real("share", (way) => way.share, "1", "of the rates of all ways found"),
    real("displacement", (way) => way.displacement, "λ", "from minimum to minimum"),
    real("participation", (way) => way.participation, "1", "particles, of that displacement"),
    whole("found", ({ found }) => found, "searches that ended there"),
    ...(passages.length > 0
      ? [
          whole(
            "passages",
            (_, k) => passages.filter(({ way }) => way === k + 1).length,
            "runs that went that way",
          ),
        ]
      : []),
  ];
  const metadata = { source: file, model: model.name, temperature: summary.temperature, softfield: version };
  return { table: { columns, metadata }, summary };
}

export function escapeText(
  summary: EscapeSummary,
  { configuration: { model } }: { readonly configuration: Configuration },
): string {
  const { ways, passages, rate, time, searches, lost, elsewhere, temperature } = summary;
  const count = (way: number) => passages.filter((one) => one.way === way).length;
  const rows = ways.slice(0, 10).map((way, k) => {
    const numbers = [way.barrier, way.difference, way.prefactor, way.rate].map((x) =>
      cell(x.toPrecision(4), 12),
    );
    const seen = passages.length > 0 ? String(count(k + 1)).padStart(9) : "";
    return `${String(k + 1).padStart(4)} ${String(way.particle).padStart(9)}${numbers.join("")}${`${(100 * way.share).toFixed(1)} %`.padStart(9)}${seen}`;
  });
  const other = passages.filter((one) => one.time !== null && one.way === null).length;
  const ended = passages.filter((one) => one.time !== null).length;
  return [
    `glass     ${summary.file}: ${summary.model}, N = ${summary.particles}`,
    `saddles   ${ways.length} ways out in ${searches} searches (${elsewhere} ended at saddles of other minima, ${lost} at none); ${summary.seconds.toFixed(1)} s`,
    ...(time === null
      ? []
      : [
          `rate      ${rate.toPrecision(4)}${behind("1/τ₀", model)} at T = ${temperatureText(temperature, model)}: one passage in ${time.toPrecision(4)}${behind("τ₀", model)}`,
        ]),
    ...(passages.length > 0
      ? [
          `passages  ${ended} of ${passages.length} runs left${summary.passageTime === null ? "" : `, one in ${summary.passageTime.toPrecision(4)}${behind("τ₀", model)}`}; ${other} by ways that are not in the list`,
        ]
      : []),
    ...(ways.length > 0
      ? [
          `${"".padStart(4)} ${"particle".padStart(9)}${["barrier", "difference", "prefactor", "rate"].map((name) => name.padStart(12)).join("")}${"share".padStart(9)}${passages.length > 0 ? "passages".padStart(9) : ""}${inHead("ε, 1/τ₀", model)}`,
          ...rows,
        ]
      : []),
    ...summary.warnings.map((warning) => `warning   ${warning}`),
    ...summary.outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}
