/**
 * Eqs. 4 and 5 of Zylberg 2017, measured: c_iii = U‴ : Ψ_iΨ_iΨ_i and f_α·Ψ_i of plane waves and of quasilocalised
 * modes as functions of ω, and the largest |E_α| of a glass against the ω of its lowest mode. Run:
 *
 *   softfield make --model 2dipl -n 10000 --seeds 1..2 --out-dir large
 *   softfield make --model 2dipl -n 400 --seeds 1..400 --out-dir small
 *   node --conditions=softfield-source validation/mode-couplings.ts waves large/*.extxyz
 *   node --conditions=softfield-source validation/mode-couplings.ts modes small/*.extxyz
 *   node --conditions=softfield-source validation/mode-couplings.ts shear small/2dipl_n400_s1.extxyz
 */
import { readFileSync } from "node:fs";
import {
  bondGradientProjection,
  findInteractions,
  hessian,
  localThermalEnergy,
  modeForce,
  multiply,
  normalModes,
  preset,
  readSnapshot,
  type System,
  shear,
  toSystem,
} from "softfield";

const model = preset("2dipl");
const [what, ...files] = process.argv.slice(2);

const systems = function* (): Generator<{ file: string; system: System }> {
  for (const file of files) {
    const snapshot = readSnapshot(readFileSync(file, "utf8"), { source: file, complete: true });
    yield { file, system: toSystem(snapshot, model).system };
  }
};

if (what === "waves") waves();
else if (what === "modes") lowestModes();
else if (what === "shear") alongShear();
else throw new Error("the first argument is waves, modes or shear");

/** |c_iii| and rms f_α·Ψ of unit plane waves of wave number 2πn/L, root mean square over phases and directions. */
function waves(): void {
  const points: { omega: number; c: number; f: number; polarisation: string }[] = [];
  process.stdout.write("polarisation\tn\tomega\tc_iii\tc/omega³\tf·Ψ\t(f·Ψ)/omega\n");
  for (const polarisation of ["transverse", "longitudinal"]) {
    for (const n of [1, 2, 3, 4, 6, 8, 12]) {
      const sums = { count: 0, omega: 0, c: 0, f: 0 };
      for (const { system } of systems()) {
        const interactions = findInteractions(system, model);
        const matrix = hessian(interactions);
        for (const axis of [0, 1]) {
          for (let phase = 0; phase < 6; phase++) {
            const psi = wave(
              system,
              n,
              axis,
              polarisation === "transverse" ? 1 - axis : axis,
              (phase * Math.PI) / 6,
            );
            sums.count++;
            sums.omega += dot(psi, multiply(matrix, psi));
            sums.c += dot(psi, modeForce(interactions, psi)) ** 2;
            sums.f += square(bondGradientProjection(interactions, psi));
          }
        }
      }
      const [omega, c, f] = [sums.omega, sums.c, sums.f].map((x) => Math.sqrt(x / sums.count)) as [
        number,
        number,
        number,
      ];
      points.push({ omega, c, f, polarisation });
      process.stdout.write(
        `${polarisation}\t${n}\t${[omega, c, c / omega ** 3, f, f / omega].map((x) => x.toPrecision(4)).join("\t")}\n`,
      );
    }
  }
  for (const polarisation of ["transverse", "longitudinal"]) {
    const mine = points.filter((p) => p.polarisation === polarisation);
    const slope = (pick: (p: (typeof mine)[0]) => number) =>
      lineThrough(mine.map((p) => [Math.log(p.omega), Math.log(pick(p))] as const)).slope.toFixed(2);
    process.stdout.write(`${polarisation}: c_iii ∼ ω^${slope((p) => p.c)}, f·Ψ ∼ ω^${slope((p) => p.f)}\n`);
  }
}

/** The softest mode of each small glass: ω, participation, |c_iii|, largest |f_α·Ψ|, largest |E_α|. */
function lowestModes(): void {
  process.stdout.write("omega\tparticipation\tc_iii\tf·Ψ\tE_max\tfile\n");
  const rows: { omega: number; participation: number; c: number; f: number; e: number }[] = [];
  for (const { file, system } of systems()) {
    const row = softest(system);
    rows.push(row);
    const { omega, participation, c, f, e } = row;
    process.stdout.write(
      `${[omega, participation, c, f, e].map((x) => x.toPrecision(5)).join("\t")}\t${file}\n`,
    );
  }
  for (const limit of [0.4, 0.5, 0.6, 0.7, 0.8])
    report(
      rows.filter(({ omega }) => omega < limit),
      `ω < ${limit}`,
    );
}

function report(rows: readonly { omega: number; c: number; f: number; e: number }[], name: string): void {
  if (rows.length < 5) return;
  const of = (pick: (row: (typeof rows)[0]) => number) => {
    const { slope, error } = lineThrough(
      rows.map((row) => [Math.log(row.omega), Math.log(pick(row))] as const),
    );
    return `${slope.toFixed(2)} ± ${error.toFixed(2)}`;
  };
  process.stdout.write(
    `${name}, ${rows.length} glasses: E_max ∼ ω^(${of((r) => r.e)}), c_iii ∼ ω^(${of((r) => r.c)}), max f·Ψ ∼ ω^(${of((r) => r.f)})\n`,
  );
}

/** The same along quasistatic shear towards the first event, at fractions of γ_c. */
function alongShear(): void {
  process.stdout.write("file\tgamma_c−gamma\tomega\tc_iii\tf·Ψ\tE_max\n");
  for (const { file, system } of systems()) {
    const [event] = shear(system, model, { events: 1 }).events;
    if (!event) continue;
    const rows: ReturnType<typeof softest>[] = [];
    for (const left of [3e-1, 1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4]) {
      const gamma = event.strain * (1 - left);
      const result = shear(system, model, { events: 1, maxStrain: gamma });
      const row = softest(result.system);
      rows.push(row);
      const cells = [event.strain - gamma, row.omega, row.c, row.f, row.e].map((x) => x.toPrecision(5));
      process.stdout.write(`${file}\t${cells.join("\t")}\n`);
    }
    report(rows, `${file}, γ_c = ${event.strain.toPrecision(6)}`);
    report(rows.slice(2), "  last five");
  }
}

function softest(system: System) {
  const { frequencies, participation, vectors, system: minimum } = normalModes(system, model, { count: 1 });
  const interactions = findInteractions(minimum, model);
  return {
    omega: frequencies[0] as number,
    participation: participation[0] as number,
    c: Math.abs(dot(vectors, modeForce(interactions, vectors))),
    f: largest(bondGradientProjection(interactions, vectors)),
    e: largest(localThermalEnergy(minimum, model).lte),
  };
}

/** A unit field along `along`, sin(2πn x_axis/L + phase), without its mean. */
function wave(
  { box, positions }: System,
  n: number,
  axis: number,
  along: number,
  phase: number,
): Float64Array {
  const length = box.vectors[axis * 3] as number;
  const psi = new Float64Array(positions.length);
  for (let k = 0; k < positions.length; k += 2)
    psi[k + along] = Math.sin((2 * Math.PI * n * (positions[k + axis] as number)) / length + phase);
  const norm = Math.sqrt(dot(psi, psi));
  return psi.map((x) => x / norm);
}

/** Least squares y = slope·x + c, with the standard error of the slope. */
function lineThrough(points: readonly (readonly [number, number])[]): { slope: number; error: number } {
  const n = points.length;
  const mx = points.reduce((s, [x]) => s + x, 0) / n;
  const my = points.reduce((s, [, y]) => s + y, 0) / n;
  const xx = points.reduce((s, [x]) => s + (x - mx) ** 2, 0);
  const slope = points.reduce((s, [x, y]) => s + (x - mx) * (y - my), 0) / xx;
  const rest = points.reduce((s, [x, y]) => s + (y - my - slope * (x - mx)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / Math.max(1, n - 2) / xx) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
}

/** Mean of squares. */
function square(values: Float64Array): number {
  return dot(values, values) / values.length;
}

function largest(values: Float64Array): number {
  return values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}
