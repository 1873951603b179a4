// Every pair style that input scripts may name, held against LAMMPS running the same script: relative differences of energy,
// forces and pressure on a random state and on a minimum, as the table of docs/lammps.md has them. Needs lmp; a minute.
//   npx --no-install node --conditions=softfield-source validation/script-styles.ts [NAME]
import { askScripts } from "../packages/core/test/scripts/ask.ts";
import { scriptCases } from "../packages/core/test/scripts/cases.ts";
import { type Deviations, deviations, modelOf, questionsOf } from "../packages/core/test/scripts/compare.ts";

const [wanted = ""] = process.argv.slice(2);
const cases = scriptCases.filter(({ name }) => name.includes(wanted));
const asked = questionsOf(cases);
const answers = askScripts(asked);
const found = asked.map(({ one, system }, k) => deviations(one, system, modelOf(one, system), answers[k]));
const words = (value: number | undefined) =>
  value === undefined
    ? "–"
    : value === 0
      ? "0"
      : value.toExponential(0).replace("e-", "·10⁻").replace(/\d+$/, superscript);
const row = ({ energy, forces, stress }: Deviations) => [energy, forces, stress].map(words).join(" | ");
process.stdout.write(
  "| style | random: energy | forces | pressure | minimum: energy | forces | pressure |\n|---|---|---|---|---|---|---|\n",
);
cases.forEach(({ name }, k) => {
  process.stdout.write(`| ${name} | ${row(found[2 * k])} | ${row(found[2 * k + 1])} |\n`);
});

function superscript(digits: string): string {
  return Array.from(digits, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
}
