// Engines against softfield's own path: makes silicon by LAMMPS, computes local thermal energies of its atoms by a running
// lmp and exactly, and compares. Needs lmp and its potentials.
//   npx --no-install node --conditions=softfield-source validation/engines.ts [edge in cells = 3] [seeds = 3] [folder of potentials]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadModelSource, openEngine, readSnapshotFile } from "@softfield/node";
import {
  engineEnergies,
  engineMinimum,
  localThermalEnergy,
  minimumOf,
  sharedAmongParticles,
  toSystem,
} from "softfield";

const [edge = "3", seeds = "3", potentials = "/usr/share/lammps/potentials"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "softfield-engines-"));
const at = (name: string) => join(folder, name);
const styles: readonly [string, string][] = [
  ["sw", "Si.sw"],
  ["edip", "Si.edip"],
  ["tersoff/mod", "Si.tersoff.mod"],
];
/** A script that reads the glass; for the first style melted and quenched, for the others that glass minimised. */
function script(style: string, file: string, name: string): string {
  const potential = `pair_style ${style}\npair_coeff * * ${join(potentials, file)} Si\n`;
  const data = `${name}.data`;
  const minimise = `minimize 0 1e-10 20000 200000\nwrite_data ${data}\n`;
  const make =
    name === "sw"
      ? `units metal\nlattice diamond 5.431\nregion b block 0 ${edge} 0 ${edge} 0 ${edge}\ncreate_box 1 b\ncreate_atoms 1 box\n` +
        `mass 1 28.0855\n${potential}velocity all create 6000 12345 mom yes\ntimestep 0.001\nfix 1 all nvt temp 3500 3500 0.1\n` +
        `run 6000\nunfix 1\nfix 1 all nvt temp 3500 300 0.1\nrun 20000\nunfix 1\n${minimise}`
      : `units metal\nread_data sw.data\n${potential}${minimise}`;
  writeFileSync(at("make.in"), make);
  execFileSync("lmp", ["-in", "make.in", "-log", "none", "-screen", "none"], { cwd: folder });
  writeFileSync(at(`${name}.in`), `units metal\natom_style atomic\nread_data ${data}\n${potential}`);
  return at(`${name}.in`);
}

const size = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));

for (const [style, file] of styles) {
  const name = style.replace("/", "");
  const model = script(style, file, name);
  const opened = await openEngine("lammps", { model, snapshot: undefined, patience: 600 });
  const { engine, snapshot } = opened;
  const minimum = await engineMinimum({ engine, box: snapshot.box, positions: snapshot.positions });
  const { colours, calls, range, step, secondStep, noise, secondNoise, missing, asymmetry } = minimum;
  const measured = { range, step, secondStep, noise, secondNoise, missing, asymmetry };
  console.log(JSON.stringify({ style, particles: snapshot.count, colours, calls: calls.made, ...measured }));
  let exact: Float64Array | undefined;
  if (name === "sw") {
    const own = loadModelSource(model).model;
    const { system } = toSystem(await readSnapshotFile(at("sw.data"), 0), own, {
      species: new Map([["1", "Si"]]),
    });
    exact = sharedAmongParticles(localThermalEnergy(minimumOf(system, own)).energies, snapshot.count).share;
  }
  for (let seed = 0; seed <= Number(seeds); seed++) {
    const before = calls.made;
    // seed 0: all modes one by one, of the glass that is compared
    if (seed === 0 && !exact) continue;
    const { lte, errors, samples, relativeError } = await engineEnergies(
      minimum,
      seed === 0 ? { modes: Infinity } : { seed },
    );
    const e = lte as Float64Array;
    const off = exact && size(e.map((value, p) => value - exact[p])) / size(exact);
    const chi2 =
      exact &&
      samples > 0 &&
      e.reduce((sum, value, p) => sum + ((value - exact[p]) / (errors as Float64Array)[p]) ** 2, 0) /
        e.length;
    console.log(
      JSON.stringify({ seed, samples, calls: calls.made - before, said: relativeError, off, chi2 }),
    );
  }
  await opened.close?.();
}
rmSync(folder, { recursive: true });
