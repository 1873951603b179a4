/**
 * The three preparations of Barbot et al. (Phys. Rev. E 97, 033001, 2018), and a liquid at T = 1 quenched at once: inherent
 * energies, strains of first events, quantiles of local yield stresses of all particles.
 * node --conditions=softfield-source validation/preparations.ts [particles] [glasses] [annealTime] [coolingRate]
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
/** Tenths of the particles: the softest, the middle, the hardest. */
const QUANTILES = [0.1, 0.5, 0.9];
for (const kind of ["instantaneous", "htl", "esl", "gq"] as const) {
  const energies: number[] = [];
  const firsts: number[] = [];
  const quantiles: number[][] = QUANTILES.map(() => []);
  for (let seed = 1; seed <= glasses; seed++) {
    const parent = kind === "instantaneous" ? {} : { annealTime };
    const protocol = { kind, ...parent, ...(kind === "gq" && { coolingRate }) };
    const { system, minimization } = makeGlass({ model, particles, seed, protocol });
    energies.push(minimization.energy / particles);
    const strains = [0, 45, 90, 135].flatMap((angle) =>
      shear(system, model, { angle, events: 1, tolerance: 1e-7 }).events.map(({ strain }) => strain),
    );
    firsts.push(mean(strains));
    const [{ values }] = indicators.get("local-yield-stress").run(minimumOf(system, model), {}, {});
    const rises = Array.from(values, (x) => (x > 0 ? 1 / x : Number.POSITIVE_INFINITY)).sort((a, b) => a - b);
    QUANTILES.forEach((part, k) => {
      quantiles[k].push(rises[Math.floor(part * particles)]);
    });
  }
  const yields = quantiles.map((own) => said(own.filter(Number.isFinite), 3)).join(", ");
  process.stdout.write(
    `${kind}: U/N ${said(energies, 4)}, first event ${said(firsts, 5)}, local yield stress of 10, 50, 90 % ${yields}\n`,
  );
}
