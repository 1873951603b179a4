// The census of a glass by SI A, and the regions of its first forecast under four loads: CPU seconds.
import { localThermalEnergy, makeGlass, minimumOf, preset } from "softfield";
import { census, simpleShear, threshold, yieldForecast } from "softfield/internal";
import { report, summarise } from "./harness.ts";

const model = preset("2dipl");
const [PLACES, RUNS] = [6, 3];

const cpu = <T>(work: () => T): { readonly seconds: number; readonly result: T } => {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, result };
};

for (const n of [2500, 10_000]) {
  const { system } = makeGlass({ model, particles: n, seed: 1 });
  const minimum = minimumOf(system, model);
  const lte = localThermalEnergy(minimum);
  const angles = [0, 45, 90, 135];
  const [taken, regions]: [number[], number[]] = [[], []];
  let [found, places] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const { seconds, result } = cpu(() => census(minimum, lte));
    const ahead = angles.flatMap((angle) =>
      result
        .map((one) => ({ one, at: threshold(one, simpleShear(2, angle)) }))
        .filter(({ at }) => at > 0)
        .sort((a, b) => a.at - b.at)
        .slice(0, PLACES)
        .map(({ one }) => one),
    );
    const chosen = [...new Set(ahead)].map(({ position }) => position);
    const loads = angles.map((angle) => ({ angle }));
    taken.push(seconds);
    regions.push(cpu(() => yieldForecast(minimum, chosen, loads, { maxStrain: 0.02 })).seconds);
    [found, places] = [result.length, chosen.length];
  }
  const [whole, folds] = [taken, regions].map(summarise);
  report({
    ...{ bench: "census", case: `2dipl N=${n}, CPU of a census`, ...whole },
    notes: {
      "excitations found": found,
      "seconds a hundred": (100 * whole.median) / found,
      "of a place under four loads": folds.median / places,
    },
  });
}
