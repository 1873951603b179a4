import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { densityJet, embeddingJet, embeddingSlope, tableSlope } from "./embedding.ts";
import { parseModel } from "./index.ts";
import { tableEnd } from "./table.ts";

const { glass: _, ...definition } = metalDefinition(artificialMetal());
const { embedding: term } = parseModel(definition);
if (!term) throw new Error("no embedded atoms");
const [two, five] = [new Float64Array(2), new Float64Array(5)];

test.each([0, 1])(
  "F and F′ of species %i are those of the jet: below 0, within, beyond the end",
  (species) => {
    const end = tableEnd(term.functions[species]);
    for (const share of [-0.1, 0.013, 0.31, 0.5, 0.77, 0.999, 1, 1.2, 1.7]) {
      embeddingSlope(term, species, share * end, two);
      embeddingJet(term, species, share * end, five);
      for (const k of [0, 1]) expect(two[k] / five[k]).toBeCloseTo(1, 11);
    }
  },
);

test("f and f′ of each source at each host are those of the jet", () => {
  for (const [host, source] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const) {
    for (const share of [0.3, 0.45, 0.612, 0.83, 0.97]) {
      tableSlope(term.densities[host * term.speciesCount + source], share * term.cutoff, two);
      densityJet(term, [host, source], share * term.cutoff, five);
      for (const k of [0, 1]) expect(two[k]).toBeCloseTo(five[k], 11);
    }
  }
});

test("a table that begins later is the same function, moved", () => {
  const table = term.functions[0];
  const moved = new Float64Array(2);
  for (const x of [-0.2, 0.4, 1.3]) {
    tableSlope(table, x, two);
    tableSlope({ ...table, rMin: table.rMin + 0.25 }, x + 0.25, moved);
    for (const k of [0, 1]) expect(moved[k]).toBeCloseTo(two[k], 11);
  }
});
