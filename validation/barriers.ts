/**
 * Cubic barriers of excitations beside the true ones, as a glass is sheared towards its first event. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/barriers.ts [FIGURE.svg]
 *
 * Rows: the reference glasses of N = 400 and 1,600 at γ_c − δ; κ and the cubic barrier of the softest excitation, the true
 * barrier over it and the distance of the saddle over 2κ/τ, whether the way back leads to the same minimum.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chart } from "@softfield/figures";
import {
  census,
  doubleWell,
  localThermalEnergy,
  minimumOf,
  preset,
  readSnapshot,
  shear,
  toSystem,
} from "softfield";

const model = preset("2dipl");
const curves: { name: string; x: number[]; y: number[] }[] = [];
console.log("glass\tδ\tκ\tcubic barrier\ttrue/cubic\tsaddle/(2κ/τ)\treturns");
for (const name of ["2dipl_400", "2dipl_1600"]) {
  const file = fileURLToPath(new URL(`../examples/reference/${name}.extxyz`, import.meta.url));
  const { system } = toSystem(readSnapshot(readFileSync(file), { source: file }), model);
  const [{ strain }] = shear(system, model, { events: 1 }).events;
  const curve = { name: `N = ${name.slice(6)}`, x: [] as number[], y: [] as number[] };
  for (const left of [1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 1e-8]) {
    const minimum = minimumOf(shear(system, model, { maxStrain: strain - left }).system, model);
    const [one] = census(minimum, localThermalEnergy(minimum), { modes: 10, bonds: 20 });
    const well = doubleWell(minimum, one);
    if (well.status !== "found") {
      console.log(`${name}\t${left}\t${one.stiffness.toPrecision(3)}\t${well.status}: ${well.reason}`);
      continue;
    }
    curve.x.push(one.stiffness);
    curve.y.push(well.barrier / one.barrier);
    const cells = [
      one.stiffness,
      one.barrier,
      well.barrier / one.barrier,
      well.toSaddle / ((2 * one.stiffness) / one.anharmonicity),
    ].map((x) => x.toPrecision(3));
    console.log([name, left, ...cells, well.returns].join("\t"));
  }
  curves.push(curve);
}
const [, , figure] = process.argv;
if (figure)
  writeFileSync(
    figure,
    chart({
      series: curves.map(({ name, x, y }) => ({ label: name, x, y, markers: "disc", line: "none" })),
      x: { label: "stiffness *κ* of the excitation", unit: "ε/λ^{2}", scale: "log" },
      y: { label: "true barrier over 2*κ*^{3}/3*τ*^{2}" },
    }),
  );
