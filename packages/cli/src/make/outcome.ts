import { type Equilibration, type Glass, type GlassRecipe, SoftfieldError } from "softfield";
import { holdsLiquid, PROTOCOL_KINDS, type ProtocolKind, timeUnitText, volume } from "softfield/internal";

/** A glass that was written; --json prints a list of them. */
export interface MadeGlass {
  readonly file: string;
  readonly model: string;
  readonly particles: number;
  readonly seed: number;
  readonly energyPerParticle: number;
  /** Largest force over the typical pair force. */
  readonly residual: number;
  /** Units and masses of the dynamics, of models that name them. */
  readonly units?: string | undefined;
  readonly equilibration?: Equilibration | undefined;
  /** N/V, of glasses made at a pressure. */
  readonly density?: number;
}

export function madeGlass(
  { minimization, equilibration, system, protocol }: Glass,
  { model, particles, seed }: GlassRecipe,
  file: string,
): MadeGlass {
  const { energy, residual } = minimization;
  return {
    ...{ file, model: model.name, particles, seed },
    ...{ energyPerParticle: energy / particles, residual, units: unitsOf(model), equilibration },
    ...(protocol.pressure !== undefined && { density: particles / volume(system.box) }),
  };
}

/** What was made, in a line. */
export function madeText(made: MadeGlass): string {
  const { file, model, particles, seed, energyPerParticle, residual, units, equilibration, density } = made;
  return (
    `${file}: ${model}, N = ${particles}, seed ${seed}, energy ${energyPerParticle.toPrecision(10)} a particle, ` +
    `residual ${residual.toExponential(1)} of the typical pair force${units === undefined ? "" : ` (${units})`}` +
    `${density === undefined ? "" : `; N/V = ${density.toPrecision(8)}`}` +
    `${equilibration ? `; ${memory(equilibration)}` : ""}\n`
  );
}

/** How long the liquid remembered, in words. */
function memory({ status, temperature, sweeps, time, ...of }: Equilibration): string {
  const long = (value: number | undefined) =>
    sweeps === undefined ? `a time of ${Number(value?.toPrecision(6))}` : `${value} sweeps`;
  const after = (value: number | undefined) => (value === undefined ? "not" : `after ${long(value)}`);
  const run = `${status} at T = ${temperature} in ${long(sweeps ?? time)}`;
  if (sweeps === undefined) return `${run}: structure forgotten ${after(of.overlapTime)}`;
  return `${run}: diameters forgotten ${after(of.diameterTime)}, structure ${after(of.overlapTime)}`;
}

function unitsOf(model: GlassRecipe["model"]): string | undefined {
  if (model.units === undefined) return undefined;
  return `${model.units}; masses ${model.masses?.join(", ") ?? "all 1"}; ${timeUnitText(model)}`;
}

/** Refuses the option that asks for equilibrium where the protocol has no liquid that may be in it. */
export function checkLiquid(option: string, kind: ProtocolKind): void {
  if (holdsLiquid(kind)) return;
  throw new SoftfieldError(
    "usage",
    `${option} belongs to the protocols ${PROTOCOL_KINDS.filter(holdsLiquid).join(", ")}, but the protocol is ${kind}`,
    { field: "equilibrated" },
  );
}

/** Why a glass is none, if so: such a one is never written. */
export function unfinished(
  { minimization, equilibration }: Glass,
  recipe: GlassRecipe,
  equilibrated = false,
): SoftfieldError | undefined {
  const { status, residual } = minimization;
  if (status === "converged") {
    if (!equilibrated || equilibration?.status === "equilibrated") return undefined;
    const what = equilibration === undefined ? "" : `, it is ${memory(equilibration)}`;
    return new SoftfieldError(
      "numerics",
      `seed ${recipe.seed}: the liquid was not equilibrated${what}; a run must be ${equilibration?.sweeps === undefined ? "fifty" : "ten"} times as long as that: ` +
        `raise ${equilibration?.sweeps === undefined ? "--anneal-time or --anneal-temperature" : "--sweeps or --temperature"}, or leave --equilibrated out`,
    );
  }
  return new SoftfieldError(
    "not-a-minimum",
    status === "unjammed"
      ? `seed ${recipe.seed}: no overlap is left at this density: the particles are not jammed; raise the model's glass.density`
      : `seed ${recipe.seed}: the minimisation ended ${status === "saddle" ? "at a saddle" : "stalled"} ` +
          `(residual ${residual.toExponential(2)}); another --minimizer, or a looser --tolerance, may do`,
  );
}

/** The error of one glass among several. */
export function withSeed(error: SoftfieldError, { seed }: GlassRecipe): SoftfieldError {
  return new SoftfieldError(error.code, `seed ${seed}: ${error.message}`, error.place, { cause: error });
}

/** One fault is thrown as it is; several are listed first. */
export function conclude(faults: readonly SoftfieldError[], jobs: number): void {
  const [first] = faults;
  if (!first) return;
  if (jobs === 1) throw first;
  for (const fault of faults) process.stderr.write(`softfield: ${fault.message}\n`);
  throw new SoftfieldError(first.code, `${faults.length} of ${jobs} glasses were not made`);
}
