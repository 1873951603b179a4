/**
 * The three preparations of Barbot et al. (Phys. Rev. E 97, 033001, 2018): inherent energies, strains of first events, local
 * yield stresses. node --conditions=softfield-source validation/preparations.ts [particles] [glasses] [annealTime] [coolingRate]
 */
import { indicators, makeGlass, minimumOf, preset, shear } from "softfield";

const [particles = 400, glasses = 4, annealTime = 100, coolingRate = 3e-4] = process.argv
  .slice(2)
  .map(Number);
const model = preset("falk-langer");
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const error = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)) / Math.max(1, values.length - 1));
const said = (values: readonly number[], digits: number) =>
  `${mean(values).toFixed(digits)} ± ${error(values).toFixed(digits)}`;
for (const kind of ["htl", "esl", "gq"] as const) {
  const energies: number[] = [];
  const firsts: number[] = [];
  const medians: number[] = [];
  for (let seed = 1; seed <= glasses; seed++) {
    const protocol = { kind, annealTime, ...(kind === "gq" && { coolingRate }) };
    const { system, minimization } = makeGlass({ model, particles, seed, protocol });
    energies.push(minimization.energy / particles);
    const strains = [0, 45, 90, 135].flatMap((angle) =>
      shear(system, model, { angle, events: 1, tolerance: 1e-7 }).events.map(({ strain }) => strain),
    );
    firsts.push(mean(strains));
    const [{ values }] = indicators.get("local-yield-stress").run(minimumOf(system, model), {}, {});
    const rises = Array.from(values, (x) => (x > 0 ? 1 / x : Number.POSITIVE_INFINITY)).sort((a, b) => a - b);
    medians.push(rises[particles >> 1]);
  }
  process.stdout.write(
    `${kind}: U/N ${said(energies, 4)}, first event ${said(firsts, 5)}, median local yield stress ${said(medians, 3)}\n`,
  );
}
