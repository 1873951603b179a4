import { writeFileSync } from "node:fs";
import { askScripts } from "./ask.ts";
import { dataText, systemOf } from "./case.ts";
import { scriptCases } from "./cases.ts";

// node --conditions=softfield-source packages/core/test/scripts/write-answers.ts: what LAMMPS says of the cases on their
// random states, for machines without it.

const cases = scriptCases.filter(({ collection }) => collection === undefined);
const found = askScripts(cases.map((one) => ({ one, data: dataText(one, systemOf(one)) })));
const answers = found.map(({ energy, stress, forces }, k) => ({
  name: cases[k].name,
  energy,
  stress,
  forces: Array.from(forces.slice(0, 9)),
}));
writeFileSync(
  new URL("answers.jsonl", import.meta.url),
  `${answers.map((answer) => JSON.stringify(answer)).join("\n")}\n`,
);
