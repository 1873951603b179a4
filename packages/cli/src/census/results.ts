import { type Results, version } from "@softfield/node";
import { type DoubleWellResult, frameOfSystem } from "softfield";
import { isCoupled, unitNamed } from "softfield/internal";
import { cell } from "../shell/cells.ts";
import { fileExtras, inFileBox } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { censusTable } from "./columns.ts";
import type { Found } from "./excitations.ts";

/** What `softfield census` says of a glass; printed by --json, written to .json. */
export interface CensusSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  /** The load, in words. */
  readonly load: string;
  readonly excitations: readonly {
    readonly particle: number;
    readonly threshold: number;
    readonly softest: number;
    readonly stiffness: number;
    readonly barrier: number;
    readonly participation: number;
    /** With --local: where its surroundings yield; null: nowhere. Then by pressure, λ^d/ε, and with --surface by direction. */
    readonly local?: number | null;
    readonly localByPressure?: number | null;
    readonly surface?: readonly { readonly angle: number; readonly strain: number | null }[];
    /** With --barriers. */
    readonly well?: Readonly<Record<string, string | number | boolean>>;
  }[];
  readonly seconds: { readonly read: number; readonly census: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

export function summariseCensus(
  { file, model, system, warnings }: Configuration,
  { excitations, directions }: Found,
  rest: Pick<CensusSummary, "load" | "seconds" | "outputs">,
): CensusSummary {
  const { load, ...others } = rest;
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    load,
    excitations: excitations.map(
      ({ particle, threshold: at, softest, stiffness, barrier, participation, local, well }) => ({
        particle,
        threshold: at,
        softest,
        stiffness,
        barrier,
        participation,
        ...(local && {
          local: orNull(local.strain),
          localByPressure: orNull(local.byPressure),
          ...(directions.length > 0 && {
            surface: directions.map((angle, k) => ({ angle, strain: orNull(local.surface[k]) })),
          }),
        }),
        ...(well && { well: wellRecord(well) }),
      }),
    ),
    ...others,
    warnings,
  };
}

const orNull = (x: number) => (Number.isNaN(x) ? null : x);

/** A double well without its fields. */
function wellRecord(well: DoubleWellResult): Record<string, string | number | boolean> {
  if (well.status !== "found") return { ...well };
  const { saddle: _saddle, other: _other, ...numbers } = well;
  return numbers;
}

/** The census in the shapes that output formats take. */
export function censusResults(configuration: Configuration, found: Found, summary: CensusSummary): Results {
  const { system, model } = configuration;
  const d = system.box.dimension;
  const { excitations } = found;
  const metadata = { source: configuration.file, model: model.name, load: summary.load, softfield: version };
  const placed = excitations.map((one) => ({ ...one, position: inFileBox(configuration, one.position) }));
  const table = censusTable({ ...found, excitations: placed }, d, metadata);
  const fields = excitations.map(({ field }, k): [string, Float64Array] => [`excitation_${k + 1}`, field]);
  const count = system.species.length;
  const all = new Float64Array(excitations.length * count * d);
  excitations.forEach(({ field }, k) => {
    all.set(field, k * count * d);
  });
  return {
    table,
    hdf5: {
      "/excitations": table,
      "/fields": {
        values: all,
        shape: [excitations.length, count, d],
        description:
          "unit displacement fields z (excitation, particle, component), τ ≥ 0 along them: the barrier lies along −z",
      },
    },
    frame: frameOfSystem(system, model, {
      columns: Object.fromEntries(fields),
      ...fileExtras(configuration, system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

export function summaryText(
  summary: CensusSummary,
  { configuration: { model } }: { readonly configuration: Configuration },
): string {
  const rows = summary.excitations.slice(0, 10).map((one, k) => {
    const numbers = [
      ...[one.threshold, one.softest].map(thresholdText),
      ...[one.stiffness, one.barrier].map((x) => x.toPrecision(4)),
    ].map((text) => cell(text, 11));
    return `${String(k + 1).padStart(4)} ${String(one.particle).padStart(9)}${numbers.join("")}${one.participation.toFixed(1).padStart(8)}${beside(one)}`;
  });
  return [
    `glass     ${summary.file}: ${summary.model}, N = ${summary.particles}`,
    `census    ${summary.excitations.length} ${summary.excitations.length === 1 ? "excitation" : "excitations"} in ${summary.seconds.census.toFixed(2)} s; ${summary.load}`,
    "rank  particle    γ_c       softest   stiffness    barrier  particles  local γ_c  true barrier",
    ...(model.units === undefined
      ? []
      : [`      stiffness in ${unitNamed("ε/λ²", model)}, barriers in ${unitNamed("ε", model)}`]),
    ...rows,
    ...(rows.some((row) => row.includes(UNCOUPLED))
      ? [
          `note      ${UNCOUPLED}: no such strain pushes it but by rounding, as in a crystal; it yields at none`,
        ]
      : []),
    ...summary.warnings.map((warning) => `warning   ${warning}`),
    ...summary.outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}

/** An excitation that no such strain pushes. */
const UNCOUPLED = "uncoupled";

/** γ_c for people. */
export function thresholdText(strain: number): string {
  return isCoupled(strain) ? strain.toPrecision(4) : UNCOUPLED;
}

/** What was asked for beside the cubic estimates. */
function beside({ local, well }: CensusSummary["excitations"][number]): string {
  const strain = local === undefined ? "" : (local?.toPrecision(4) ?? "–");
  const barrier =
    well === undefined
      ? ""
      : typeof well.barrier === "number"
        ? well.barrier.toPrecision(4)
        : `${well.status}`;
  return `  ${strain.padStart(11)} ${barrier.padStart(12)}`.trimEnd();
}
