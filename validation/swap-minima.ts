// Energies of our minima of polydisperse liquids by parent temperature, beside those of a GSD file of others, such as the
// 201 minima of pyglasstools (MIT): N = 1,024, N/V = 1.01, the potential of poly2d.
// usage: node --conditions=softfield-source validation/swap-minima.ts FILE.gsd [density 1.01]
import { readFileSync } from "node:fs";
import { ForceField, makeGlass, parseModel, preset, readSnapshot, toSystem } from "softfield/internal";

const [file, density = "1.01"] = process.argv.slice(2);
const { glass, ...rest } = preset("poly2d").definition;
const model = parseModel({ ...rest, glass: { ...glass!, density: Number(density) } });
const bytes = readFileSync(file);
const energies: number[] = [];
for (let frame = 0; frame <= 200; frame += 5) {
  const { system } = toSystem(readSnapshot(bytes, { source: file, frame }), model);
  energies.push(ForceField.create(system, model).energy / system.species.length);
}
const mean = energies.reduce((sum, e) => sum + e, 0) / energies.length;
const variance = energies.reduce((sum, e) => sum + (e - mean) ** 2, 0) / (energies.length - 1);
process.stdout.write(`${file}: U/N = ${mean.toFixed(4)}, spread ${Math.sqrt(variance).toFixed(4)}\n`);
for (const [temperature, sweeps] of [
  [0.3, 4000],
  [0.2, 8000],
  [0.15, 16_000],
  [0.12, 30_000],
]) {
  for (const seed of [1, 2]) {
    const protocol = { kind: "swap", temperature, sweeps } as const;
    const { minimization, equilibration } = makeGlass({ model, particles: 1024, seed, protocol });
    const { diameterTime, overlapTime } = equilibration!;
    process.stdout.write(
      `T = ${temperature}, seed ${seed}, ${sweeps} sweeps: U/N = ${(minimization.energy / 1024).toFixed(4)}; diameters ` +
        `forgotten after ${diameterTime} sweeps, structure after ${overlapTime}\n`,
    );
  }
}
