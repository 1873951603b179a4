import { writeFileSync } from "node:fs";
import { askScript } from "./ask.ts";
import { dataText, scriptCases, systemOf } from "./cases.ts";

// node --conditions=softfield-source packages/core/test/scripts/write-answers.ts: what LAMMPS says of the cases on their
// random states, for machines without it.

const answers = scriptCases
  .filter(({ collection }) => collection === undefined)
  .map((one) => {
    const [{ energy, stress, forces }] = askScript(one, [dataText(one, systemOf(one))]);
    return { name: one.name, energy, stress, forces: Array.from(forces.slice(0, 9)) };
  });
writeFileSync(
  new URL("answers.jsonl", import.meta.url),
  `${answers.map((answer) => JSON.stringify(answer)).join("\n")}\n`,
);
