import { version } from "@softfield/node";
import type { GlassResponse, JumpShare, JumpShares, PairModel, WindowedAccuracy } from "softfield";
import { maxNorm, rounded } from "softfield/internal";
import type { Configuration } from "../shell/load.ts";
import { behind } from "../shell/units.ts";

/** The value of one interaction. */
interface BondValue {
  readonly i: number;
  readonly j: number;
  readonly lte: number;
}

/** What `softfield lte` says of a glass; printed by --json, written to .json. */
export interface LteSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly bonds: number;
  /** Of the further families of terms (`triples`): their number and largest |E|. */
  readonly others: Readonly<Record<string, { readonly count: number; readonly largest: number }>>;
  readonly rattlers: readonly number[];
  readonly energyPerParticle: number;
  readonly pressure: number;
  /** Largest |∂U/∂x|, over the typical pair force. */
  readonly residual: { readonly given: number; readonly final: number; readonly typicalForce: number };
  readonly polish: { readonly steps: number; readonly moved: number };
  readonly sumRuleError: number;
  readonly lowest: BondValue;
  readonly highest: BondValue;
  /** Bonds with |E| ≥ 1.1, those that the softness field keeps (SI D). */
  readonly kept: number;
  readonly seconds: Readonly<Record<string, number>>;
  /** Largest resident set of this process, in 10⁶ bytes. */
  readonly peakMemoryMB: number;
  readonly outputs: readonly string[];
  /** How much of E is at discontinuities of the potential. */
  readonly jumps?: JumpShares;
  /** How good E is, where it comes from windows. */
  readonly accuracy?: Omit<WindowedAccuracy, "errors"> | undefined;
  /** What was made of the potential's tables. */
  readonly notes?: readonly string[];
  readonly warnings: readonly string[];
}

export function summarise(
  { file, model, warnings }: Configuration,
  response: GlassResponse,
  { read, outputs, notes = [] }: { read: number; outputs: readonly string[]; notes?: readonly string[] },
): LteSummary {
  const { interactions } = response;
  const [{ lte, sites }, ...others] = response.energies;
  const [first, second] = sites.members;
  let [low, high, kept] = [0, 0, 0];
  lte.forEach((value, m) => {
    if (value < lte[low]) low = m;
    if (value > lte[high]) high = m;
    if (Math.abs(value) >= 1.1) kept++;
  });
  const bond = (m: number): BondValue => ({
    i: first[m],
    j: second[m],
    lte: lte[m],
  });
  return {
    file,
    version,
    model: model.name,
    dimension: interactions.dimension,
    particles: interactions.particleCount,
    bonds: lte.length,
    others: Object.fromEntries(
      others.map(({ kind, lte: own }) => [kind.name, { count: own.length, largest: maxNorm(own) }]),
    ),
    rattlers: Array.from(response.rattlers),
    energyPerParticle: response.energy / interactions.particleCount,
    pressure: response.pressure,
    residual: {
      given: response.residualGiven,
      final: response.residual,
      typicalForce: response.typicalForce,
    },
    polish: { steps: response.refineSteps, moved: response.moved },
    sumRuleError: response.sumRuleError,
    lowest: bond(low),
    highest: bond(high),
    kept,
    seconds: { read, ...response.seconds },
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 976.5625),
    outputs,
    jumps: response.jumps,
    accuracy: accuracyOf(response),
    ...(model.notes && { notes: [...model.notes, ...notes] }),
    warnings,
  };
}

function accuracyOf({ accuracy }: GlassResponse): LteSummary["accuracy"] {
  if (!accuracy) return undefined;
  const { errors: _, ...rest } = accuracy;
  return rest;
}

/** The summary as JSON: further families by their names. */
export function summaryRecord({ others, ...rest }: LteSummary): Readonly<Record<string, unknown>> {
  return { ...rest, ...others };
}

/** The summary for people. */
export function summaryText(
  summary: LteSummary,
  { configuration: { model } }: { readonly configuration: Pick<Configuration, "model"> },
): string {
  const { lowest, highest, residual, polish, seconds } = summary;
  const bond = ({ i, j, lte }: BondValue) => `${lte.toPrecision(6)} (bond ${i}–${j})`;
  const stages = Object.entries(seconds).map(
    ([stage, s]) => `${stage} ${s < 1 ? `${Math.round(s * 1000)} ms` : `${s.toFixed(2)} s`}`,
  );
  const rattlers = summary.rattlers.length;
  const rows: [string, string][] = [
    [
      "glass",
      `${summary.file}: ${summary.model}, N = ${summary.particles} in ${summary.dimension}D, ${summary.bonds} bonds`,
    ],
    [
      "state",
      `energy ${summary.energyPerParticle.toPrecision(10)}${behind("ε", model)} a particle, pressure ${summary.pressure.toPrecision(6)}${behind(`ε/λ${summary.dimension === 2 ? "²" : "³"}`, model)}`,
    ],
    [
      "residual",
      `${residual.final.toExponential(1)} of the typical pair force ${residual.typicalForce.toPrecision(4)}${behind("ε/λ", model)}`,
    ],
    ["E", `${bond(lowest)} … ${bond(highest)}; ${summary.kept} bonds with |E| ≥ 1.1`],
    ["sum rule", `Σ E = Nd − d holds to ${summary.sumRuleError.toExponential(1)}`],
    ["time", stages.join(", ")],
    ["memory", `${summary.peakMemoryMB} MB at most`],
  ];
  for (const [name, { count, largest }] of Object.entries(summary.others))
    rows.splice(4, 0, [name, `${count}, largest |E| ${largest.toPrecision(6)}`]);
  if (summary.accuracy) {
    const { windows, samples, relativeError, bound, checked } = summary.accuracy;
    const words =
      `${windows} windows, ${samples} samples: E to ${percent(relativeError)} (standard error, L2; less than ${percent(bound)} with 95 % confidence); harmonic parts of ` +
      `${checked.bonds} bonds, the softest among them, are ${percent(checked.found)} off exact ones, expected ${percent(checked.expected)}`;
    rows.splice(4, 0, ["accuracy", words]);
  }
  if (polish.steps > 0) {
    const words = `residual as given ${residual.given.toExponential(1)}: ${polish.steps} Newton steps moved no particle by more than ${polish.moved.toExponential(2)}`;
    rows.splice(3, 0, ["refined", words]);
  }
  if (rattlers > 0) {
    const named = summary.rattlers.slice(0, 10).join(", ");
    rows.splice(1, 0, ["rattlers", `${rattlers} removed: ${named}${rattlers > 10 ? ", …" : ""}`]);
  }
  for (const share of summary.jumps?.radii ?? []) rows.push(["cut", jumpWords(share, model)]);
  for (const note of summary.notes ?? []) rows.push(["potential", note]);
  for (const warning of summary.warnings) rows.push(["warning", warning]);
  for (const output of summary.outputs) rows.push(["wrote", output]);
  return rows.map(([name, text]) => `${name.padEnd(9)} ${text}\n`).join("");
}

/** How near the terms of a family are to a radius at which their energies jump, in a sentence. */
function jumpWords({ of, radius, order, from, terms, energyShare }: JumpShare, model: PairModel): string {
  const derivative =
    of === "bond"
      ? ["φ itself", "φ′", "φ″", "φ‴"][order]
      : ["", "the first derivative of ", "the second derivative of ", "the third derivative of "][order] +
        "the energy";
  const place = `r = ${rounded(radius, 4)}${behind("λ", model)}, where ${derivative} jumps`;
  const first = `${from.toPrecision(2)}${behind("ε/k_B", model)}`;
  if (terms === undefined) return `${of}s come within thermal motion of ${place}, from T = ${first} on`;
  return `${terms} ${of}s with ${percent(energyShare!)} of their Σ|E| are within thermal motion at T_g of ${place}; the first from T = ${first} on`;
}

function percent(part: number): string {
  return `${rounded(100 * part, 2)} %`;
}
