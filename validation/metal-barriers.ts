/**
 * Which exact quantities of a metallic glass go with the energy barriers of its atoms. Two steps, the first of which is
 * slow (some minutes and 10 GB at N = 8,000) and leaves a table with a row an atom:
 *
 *   npx --no-install node --conditions=softfield-source validation/metal-barriers.ts solve GLASS.extxyz CuZr.eam.fs atoms.json
 *   npx --no-install node --conditions=softfield-source validation/metal-barriers.ts correlate atoms.json
 *
 * GLASS.extxyz has a column `barrier` (eV) and is a minimum of the potential to the digits that it has. The second step
 * prints Pearson's and Spearman's coefficients with the barrier, of all atoms and by species, with 95 % intervals from
 * resampling 64 cubes of the box, and a linear fit of all quantities, judged on cubes that it was not fitted to.
 */
import { readFileSync, writeFileSync } from "node:fs";
import {
  bootstrap,
  createBox,
  ForceField,
  findInteractions,
  indicators,
  localThermalEnergy,
  minimize,
  minimumOf,
  neighborPairs,
  type PairModel,
  parseEamFile,
  parseModel,
  readSnapshot,
  SoftfieldError,
  type System,
  sharedAmongParticles,
  toSystem,
} from "softfield";
import { scriptArguments } from "./script.ts";

/** Radius of a neighbourhood, Å: the first shell of g(r). */
const SHELL = 3.8;
const CUBES = 4;

interface Atoms {
  readonly file: string;
  readonly vectors: number[];
  readonly positions: number[];
  readonly species: string[];
  readonly barrier: number[];
  readonly quantities: Record<string, number[]>;
}

const [step, ...rest] = scriptArguments("metal-barriers.ts solve GLASS POTENTIAL OUT | correlate TABLE", 2);
if (step === "solve") solve(rest[0], rest[1], rest[2]);
else correlate(JSON.parse(readFileSync(rest[0], "utf8")) as Atoms);

function solve(glass: string, potential: string, out: string): void {
  const snapshot = readSnapshot(readFileSync(glass), { source: glass });
  const barrier = snapshot.columns.get("barrier");
  if (!barrier) throw new SoftfieldError("input", `${glass} has no column "barrier"`, { file: glass });
  const { masses: _, ...rows } = parseEamFile(readFileSync(potential, "utf8"), potential);
  const model = parseModel({ name: "metal", form: "eam", species: rows.elements, potential: rows });
  const { system: given } = toSystem(snapshot, model);
  compareEnergies(snapshot.columns.get("energy")?.values, given, model);
  const field = ForceField.create(given, model);
  const first = field.energy;
  const { status, residual, evaluations } = minimize(field, { newton: false, tolerance: 1e-11 });
  const system = field.system();
  process.stderr.write(
    `minimised: ${status}, ${evaluations} evaluations, residual ${residual.toExponential(1)}, energy ${first} to ${field.energy} eV\n`,
  );
  const minimum = minimumOf(system, model);
  const clock = process.cpuUsage();
  const found = localThermalEnergy(minimum);
  const spent = process.cpuUsage(clock);
  const peak = process.resourceUsage().maxRSS / 2 ** 20;
  process.stderr.write(
    `LTE: ${((spent.user + spent.system) / 1e6).toFixed(0)} s of CPU, ${peak.toFixed(1)} GiB, sum rule ${found.sumRuleError.toExponential(1)}\n`,
  );
  const n = system.species.length;
  const [pairs, embeddings] = found.energies;
  const families = found.interactions.families.map((family) => ({
    sites: family.sites(),
    lte: family.energies(),
  }));
  const magnitude = found.energies.map((own) => ({ ...own, lte: own.lte.map(Math.abs) }));
  const moves = found.displacement;
  const [{ values: vibration }] = indicators.get("debye-waller").run(minimum, {}, {});
  const quantities = {
    "energy of the atom": sharedAmongParticles(families, n).share,
    "ln ⟨|x|²⟩": vibration.map(Math.log),
    "ln |X|": Float64Array.from({ length: n }, (_, p) =>
      Math.log(Math.hypot(moves[3 * p], moves[3 * p + 1], moves[3 * p + 2])),
    ),
    E: sharedAmongParticles(found.energies, n).share,
    "ln Σ|E|": sharedAmongParticles(magnitude, n).share.map(Math.log),
    "ln max |E|": sharedAmongParticles(found.energies, n).largest.map(Math.log),
    "E of the embedding": embeddings.lte,
    "ln |E| of the embedding": embeddings.lte.map((e) => Math.log(Math.abs(e))),
    "ln Σ|E| of its pairs": sharedAmongParticles([magnitude[0]], n).share.map(Math.log),
    "ln max |E| of its pairs": sharedAmongParticles([pairs], n).largest.map(Math.log),
  };
  const atoms: Atoms = {
    file: glass,
    vectors: [...system.box.vectors],
    positions: [...system.positions],
    species: Array.from(system.species, (s) => model.species[s]),
    barrier: [...barrier.values],
    quantities: Object.fromEntries(Object.entries(quantities).map(([name, values]) => [name, [...values]])),
  };
  writeFileSync(out, JSON.stringify(atoms));
}

/** Energies of atoms, their embedding and half of their pairs, against those of the file, where it has them. */
function compareEnergies(energies: ArrayLike<number> | undefined, given: System, model: PairModel): void {
  if (!energies) return;
  const families = findInteractions(given, model).families.map((family) => ({
    sites: family.sites(),
    lte: family.energies(),
  }));
  const apart = sharedAmongParticles(families, energies.length).share.map((e, p) => e - energies[p]);
  const largest = apart.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const square = apart.reduce((sum, x) => sum + x * x, 0) / apart.length;
  process.stderr.write(
    `energies of atoms against the file's: largest deviation ${largest.toExponential(2)} eV, root mean square ${Math.sqrt(square).toExponential(2)}\n`,
  );
}

function correlate({ file, vectors, positions, species, barrier, quantities }: Atoms): void {
  const n = barrier.length;
  const box = createBox(3, vectors);
  const { i, j } = neighborPairs(box, Float64Array.from(positions), SHELL);
  const around = (values: readonly number[]) => {
    const sum = Float64Array.from(values);
    const count = new Float64Array(n).fill(1);
    i.forEach((a, m) => {
      const b = j[m];
      sum[a] += values[b];
      sum[b] += values[a];
      count[a]++;
      count[b]++;
    });
    return Array.from(sum, (x, p) => x / count[p]);
  };
  const cubes = Array.from({ length: n }, (_, p) => {
    let cube = 0;
    for (let a = 0; a < 3; a++) {
      const s = positions[3 * p + a] / vectors[a * 4];
      cube = cube * CUBES + Math.min(CUBES - 1, Math.floor((s - Math.floor(s)) * CUBES));
    }
    return cube;
  });
  process.stdout.write(`${file}: ${n} atoms, ${(2 * i.length) / n} neighbours within ${SHELL} Å\n`);
  const groups: [string, number[]][] = [["all", Array.from({ length: n }, (_, p) => p)]];
  for (const name of new Set(species)) groups.push([name, groups[0][1].filter((p) => species[p] === name)]);
  process.stdout.write(
    `quantity\t${groups.flatMap(([name]) => [`Pearson, ${name}`, `Spearman, ${name}`]).join("\t")}\n`,
  );
  const columns: [string, number[]][] = Object.entries(quantities).flatMap(([name, values]) => [
    [name, values],
    [`${name}, mean within ${SHELL} Å`, around(values)],
  ]);
  for (const [name, values] of columns) {
    const cells = groups.flatMap(([, atoms]) => {
      const pick = (list: readonly number[]) => atoms.map((p) => list[p]);
      const [x, y] = [pick(values), pick(barrier)];
      const own = pick(cubes);
      return [interval(x, y, own), interval(ranks(x), ranks(y), own)];
    });
    process.stdout.write(`${[name, ...cells].join("\t")}\n`);
  }
  regress(columns, barrier, cubes, groups);
}

/** Pearson's coefficient with its 95 % interval over cubes. */
function interval(x: readonly number[], y: readonly number[], cube: readonly number[]): string {
  const [own] = bootstrap(CUBES ** 3, (weights) => [pearson(x, y, (p) => weights[cube[p]])], {
    resamples: 400,
  });
  const text = (value: number) => value.toFixed(2).replace("-", "−");
  return `${text(own.value)} (${text(own.low)} … ${text(own.high)})`;
}

function pearson(x: readonly number[], y: readonly number[], weight: (p: number) => number): number {
  let [total, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let p = 0; p < x.length; p++) {
    const w = weight(p);
    total += w;
    sx += w * x[p];
    sy += w * y[p];
    sxx += w * x[p] * x[p];
    syy += w * y[p] * y[p];
    sxy += w * x[p] * y[p];
  }
  return (total * sxy - sx * sy) / Math.sqrt((total * sxx - sx * sx) * (total * syy - sy * sy));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, p) => p).sort((a, b) => values[a] - values[b]);
  const result = new Array<number>(values.length);
  order.forEach((p, rank) => {
    result[p] = rank;
  });
  return result;
}

/** A linear fit of all columns and the species, five-fold by cubes: its Pearson coefficient where it was not fitted. */
function regress(
  columns: readonly (readonly [string, readonly number[]])[],
  barrier: readonly number[],
  cubes: readonly number[],
  groups: readonly (readonly [string, readonly number[]])[],
): void {
  const n = barrier.length;
  const first = new Set(groups[1][1]);
  const rows = columns.map(([, values]) => standard(values));
  rows.push(
    barrier.map((_, p) => (first.has(p) ? 1 : 0)),
    new Array(n).fill(1),
  );
  const predicted = new Array<number>(n);
  for (let fold = 0; fold < 5; fold++) {
    const k = rows.length;
    const normal = Array.from({ length: k }, () => new Float64Array(k + 1));
    for (let p = 0; p < n; p++) {
      if (cubes[p] % 5 === fold) continue;
      for (let a = 0; a < k; a++) {
        for (let b = 0; b < k; b++) normal[a][b] += rows[a][p] * rows[b][p];
        normal[a][k] += rows[a][p] * barrier[p];
      }
    }
    // a little ridge: several of these are nearly the same
    for (let a = 0; a < k; a++) normal[a][a] += 1e-3 * n;
    const c = solved(normal);
    for (let p = 0; p < n; p++)
      if (cubes[p] % 5 === fold) predicted[p] = rows.reduce((sum, row, a) => sum + c[a] * row[p], 0);
  }
  const cells = groups.map(([name, atoms]) => {
    const pick = (list: readonly number[]) => atoms.map((p) => list[p]);
    return `${name} ${interval(pick(predicted), pick(barrier), pick(cubes))}`;
  });
  process.stdout.write(
    `linear in all ${columns.length} and the species, five-fold by cubes, Pearson: ${cells.join(", ")}\n`,
  );
}

function standard(values: readonly number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const width = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return values.map((x) => (x - mean) / width);
}

/** Gauß–Jordan with the right-hand side as the last column. */
function solved(rows: readonly Float64Array[]): number[] {
  const k = rows.length;
  const a = rows.map((row) => row.slice());
  for (let c = 0; c < k; c++) {
    for (let r = 0; r < k; r++) {
      if (r === c) continue;
      const factor = a[r][c] / a[c][c];
      for (let x = c; x <= k; x++) a[r][x] -= factor * a[c][x];
    }
  }
  return a.map((row, c) => row[k] / row[c]);
}
