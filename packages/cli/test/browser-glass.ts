// The page of browser-glass.test.ts: makes one small glass, reads it, breaks it, and hands the numbers over.

import { localThermalEnergy, makeGlass, minimumOf, type PresetName, preset, shear } from "softfield";
import { glassCouplings } from "../../reproduction/src/physics/couplings.ts";

/** Positions of a glass, its energies and thermal displacements, couplings of its modes, its first plastic event. */
export function glassNumbers(name: PresetName): Record<string, number[]> {
  const model = preset(name);
  const particles = name === "sw-silicon" ? 64 : 200;
  const protocol = { liquidTime: 2, annealTime: 5 };
  const { system } = makeGlass({ model, particles, seed: 7, protocol });
  const { energies, displacement } = localThermalEnergy(
    minimumOf(system, model, { arithmetic: "reproducible" }),
  );
  const { modes, waves } = glassCouplings(minimumOf(system, model, { arithmetic: "reproducible" }), {
    modes: 4,
    waves: 1,
  });
  const sheared = shear(system, model, { events: 1 });
  return {
    positions: [...system.positions],
    lte: energies.flatMap(({ lte }) => [...lte]),
    displacement: [...displacement],
    couplings: numbersIn([modes, waves]),
    events: sheared.events.flatMap(({ strain, drop, stressBefore, stressAfter }) => {
      return [strain, drop, stressBefore, stressAfter];
    }),
    sheared: [...sheared.system.positions],
  };
}

/** All numbers of a record, in order. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(numbersIn) : [];
}

declare global {
  var softfieldNumbers: typeof glassNumbers;
}

globalThis.softfieldNumbers = glassNumbers;
