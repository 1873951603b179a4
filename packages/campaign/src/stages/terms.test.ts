import { localThermalEnergy, makeGlass, minimumOf, preset } from "softfield";
import { expect, test } from "vitest";
import { placedOnTerms, termColumns, termTable } from "./terms.ts";

const protocol = { liquidTime: 2, annealTime: 4 };

test.each([
  ["silicon, 64 atoms", "sw-silicon", 64],
  ["silicon, 10 atoms, whose terms have images", "sw-silicon", 10],
  ["3dkablj, 30 particles, whose pairs have images", "3dkablj", 30],
] as const)("stored energies find their terms, in any order of rows: %s", (_, name, particles) => {
  const model = preset(name);
  const { system } = makeGlass({ model, particles, seed: 1, protocol });
  const { interactions, energies } = localThermalEnergy(minimumOf(system, model));
  interactions.families.forEach((family, f) => {
    const { lte } = energies[f];
    const rows = (all: boolean) => {
      const columns = termColumns(family, energies[f], all);
      expect(Object.keys(columns)).toEqual(Object.keys(termTable(family.kind).columns));
      return Object.fromEntries(
        Object.entries(columns).map(([key, values]) => [key, Float64Array.from(values).reverse()]),
      );
    };
    expect(placedOnTerms(family, rows(true))).toEqual(lte);
    expect(placedOnTerms(family, rows(false))).toEqual(lte.map((e) => (Math.abs(e) >= 1.1 ? e : 0)));
  });
});
