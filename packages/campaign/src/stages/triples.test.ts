import { localThermalEnergy, makeGlass, minimumOf, preset } from "softfield";
import { expect, test } from "vitest";
import { placedOnTriples, tripleColumns } from "./triples.ts";

const silicon = preset("sw-silicon");
const protocol = { liquidTime: 2, annealTime: 4 };

test.each([
  ["64 atoms", 64],
  ["10 atoms, whose triples have images", 10],
])("stored energies find their triples, in any order of rows: %s", (_, particles) => {
  const { system } = makeGlass({ model: silicon, particles, seed: 1, protocol });
  const response = localThermalEnergy(minimumOf(system, silicon));
  const { triples, r } = response.interactions;
  const lte = response.triples!.lte;
  const rows = (all: boolean) => {
    const columns = Object.entries(tripleColumns(response, all)).map(([name, values]) => {
      return [name, Float64Array.from(values).reverse()];
    });
    return Object.fromEntries(columns) as Record<keyof ReturnType<typeof tripleColumns>, Float64Array>;
  };
  expect(placedOnTriples(triples!, r, rows(true))).toEqual(lte);
  expect(placedOnTriples(triples!, r, rows(false))).toEqual(lte.map((e) => (Math.abs(e) >= 1.1 ? e : 0)));
});
