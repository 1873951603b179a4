import {
  energy,
  extxyzText,
  ForceField,
  frameOfSystem,
  type MinimizeResult,
  type Minimum,
  makeGlass,
  minimize,
  minimumOf,
  type PairModel,
  readSnapshot,
  SoftfieldError,
  type System,
  toSystem,
  type WorkControl,
} from "softfield";
import { familiesOf, pairKernel, spacingUnit } from "softfield/internal";
import { glassText } from "../plan/campaign.ts";
import { type OwnGlasses, readGlass } from "../plan/glasses.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { inUnitsOf, type RecordTable, real, recordBytes, whole } from "../store/index.ts";

/** Raised when the dynamics or a minimiser changes the bits of the glasses that it makes. */
const DYNAMICS_VERSION = 1;
/** The same for glasses of models with further families of terms alone: by the name of the family, the option that it is. */
const FAMILY_VERSIONS: Readonly<Record<string, object>> = { triples: { threeBody: 3 } };
/** The same for glasses whose pairs are no power law of the presets, by how the dynamics computes them. */
const PAIR_VERSIONS = { "power law": {}, contact: { pairs: 2 }, table: { pairs: 2 } };

/** The same for glasses whose unit of length is longer than their bonds: lists and steps of minimisers were as long as it. */
const LENGTHS = { lengths: "bond lengths" };
const longUnit = ({ glass, dimension = 3 }: PairModel) =>
  glass !== undefined && spacingUnit(1 / glass.density, dimension) < 1;

const FILE = "glass.extxyz";

const glasses: RecordTable<Found> = {
  name: "glasses",
  columns: {
    energy: real(({ energy }) => energy, "U of the inherent structure", "ε"),
    residual: real(({ residual }) => residual, "max |∂U/∂x| over the typical pair force"),
    typical_force: real(({ typicalForce }) => typicalForce, "rms φ′", "ε/λ"),
    evaluations: whole(({ evaluations }) => evaluations, "force evaluations of the minimisation"),
    saddles_left: whole(({ saddlesLeft }) => saddlesLeft, "saddles met and left on the way down"),
    rattlers: whole(({ rattlers }) => rattlers, "particles that nothing holds"),
  },
};

/** The inherent structure of one seed (SI A). */
export const make: SampleStage = {
  name: "make",
  inputs: [],
  version: DYNAMICS_VERSION,
  options: (ensemble) => ({
    ...glassText(ensemble),
    ...PAIR_VERSIONS[pairKernel(ensemble.model)],
    ...(longUnit(ensemble.model) && LENGTHS),
    ...Object.assign({}, ...familiesOf(ensemble.model).map(({ name }) => FAMILY_VERSIONS[name])),
  }),
  tables: [glasses],
  run: async ({ ensemble, seed, control }) => {
    const { model, particles, protocol, glasses: own } = ensemble;
    const { system, minimization: found } = own
      ? filedGlass(own, model, seed, control)
      : makeGlass({ model, particles, seed, ...(protocol && { protocol }) }, control);
    requireConverged(found);
    const info = new Map<string, string | number>([
      ["model", model.name],
      ["seed", seed],
      ["protocol", own ? "from files" : JSON.stringify(protocol)],
    ]);
    const text = [...extxyzText(frameOfSystem(system, model, { info }))].join("");
    return {
      [FILE]: new TextEncoder().encode(text),
      "glasses.parquet": await recordBytes(inUnitsOf(model, glasses), [found]),
    };
  },
};

type Found = Pick<
  MinimizeResult,
  "energy" | "residual" | "typicalForce" | "evaluations" | "saddlesLeft" | "rattlers" | "status"
>;

/** A glass of a file, brought to the minimum close by where digits were lost, or, where that is asked for, down to its inherent structure. */
function filedGlass(
  own: OwnGlasses,
  model: PairModel,
  number: number,
  control: WorkControl,
): { system: System; minimization: Found } {
  const given = readGlass(own, model, number);
  const file = own.files.get(number)?.path ?? "";
  try {
    if (own.minimize) {
      const field = ForceField.create(given, model);
      const minimization = minimize(field, {}, control);
      // the frame of the file, whichever way the field wraps its particles
      return { system: field.system(), minimization };
    }
    const minimum = minimumOf(given, model, { arithmetic: "reproducible" }, control);
    const { system, residual, backbone, rattlers } = minimum;
    const minimization: Found = {
      status: "converged",
      energy: energy(minimum.interactions),
      residual,
      typicalForce: backbone.typicalForce,
      evaluations: 0,
      saddlesLeft: 0,
      rattlers: rattlers.length,
    };
    return { system, minimization };
  } catch (cause) {
    if (!(cause instanceof SoftfieldError) || cause.message.includes(file)) throw cause;
    throw new SoftfieldError(cause.code, `${file}: ${cause.message}`, { ...cause.place, file }, { cause });
  }
}

function requireConverged({ status, residual, evaluations }: Found): void {
  if (status === "converged") return;
  throw new SoftfieldError(
    "not-a-minimum",
    status === "unjammed"
      ? "no overlap is left at this density: the particles are not jammed"
      : `the minimisation ended ${status} at a residual of ${residual.toExponential(2)} after ${evaluations} force evaluations`,
  );
}

/** The glass of a sample as the store keeps it: to the last bit that which was made. */
export function storedGlass({ ensemble, read }: Pick<StageContext, "ensemble" | "read">): System {
  return toSystem(readSnapshot(read("make", FILE), { source: FILE }), ensemble.model).system;
}

/** The same, ready for linear response: its numbers are the same on every machine. */
export function storedMinimum(context: StageContext): Minimum {
  const { ensemble, control } = context;
  return minimumOf(storedGlass(context), ensemble.model, { arithmetic: "reproducible" }, control);
}
