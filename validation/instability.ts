// Towards the first event of examples/reference/2dipl_1600: the lowest eigenvalue falls as (γ_c − γ)^½ and the largest
// local thermal energy grows as (γ_c − γ)^−1. Prints a table and draws docs/images/instability.svg;
// validation/shear.test.ts holds the exponents.
//   npx --no-install node --conditions=softfield-source validation/instability.ts
import { writeFileSync } from "node:fs";
import { type AxisOptions, chart, panels } from "@softfield/figures";
import { localThermalEnergy, minimumOf, shear } from "softfield";
import { readReference } from "../packages/core/test/reference.ts";

const { system, model } = readReference("2dipl_1600");
const [event] = shear(system, model, { events: 1, tolerance: 1e-10 }).events;
if (!event) throw new Error("the reference glass did not yield");

const rows: { distance: number; eigenvalue: number; largest: number }[] = [];
let from = { strain: 0, system };
for (const distance of [1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8]) {
  const strain = event.strain - distance;
  const result = shear(from.system, model, { maxStrain: strain - from.strain, tolerance: 1e-10, events: 9 });
  if (result.status !== "max-strain") throw new Error(`${result.status}: ${result.message}`);
  from = { strain, system: result.system };
  const [{ lte }] = localThermalEnergy(minimumOf(result.system, model)).energies;
  const largest = lte.reduce((most, e) => Math.max(most, Math.abs(e)), 0);
  rows.push({ distance, eigenvalue: result.path.at(-1)?.eigenvalue as number, largest });
  process.stdout.write(`${distance.toExponential(0)}\t${rows.at(-1)?.eigenvalue}\t${largest}\n`);
}

const last = rows.at(-1) as (typeof rows)[number];
const panel = (
  name: "eigenvalue" | "largest",
  label: Pick<AxisOptions, "label" | "unit">,
  exponent: number,
  words: string,
) =>
  chart({
    x: { label: "distance in strain *γ*_{c} − *γ*", scale: "log" },
    y: { ...label, scale: "log" },
    series: [
      { x: rows.map((row) => row.distance), y: rows.map((row) => row[name]), line: "none", markers: "disc" },
    ],
    guides: [
      { kind: "power", exponent, through: [last.distance, last[name]], between: [1e-8, 1e-4], label: words },
    ],
    key: "none",
  });
writeFileSync(
  new URL("../docs/images/instability.svg", import.meta.url),
  panels([
    panel("eigenvalue", { label: "lowest eigenvalue", unit: "ε/λ^{2}" }, 0.5, "½"),
    panel("largest", { label: "largest local thermal energy |*E*_{α}|" }, -1, "−1"),
  ]),
);
