// How well the census of the unstrained glass foretells the first plastic event: place and strain. 2DIPL by SI A.
// usage: node --conditions=softfield-source validation/census.ts [particles 2500] [first seed 1] [last seed 20] [angles 0,45]
// Prints a JSON line a glass and angle, then the shares.
import {
  census,
  localThermalEnergy,
  makeGlass,
  minimumImage,
  minimumOf,
  preset,
  QuasistaticShear,
  simpleShear,
  threshold,
} from "softfield";

const [particles, first, last] = [2, 3, 4].map((k, i) => Number(process.argv[k] ?? [2500, 1, 20][i]));
const angles = (process.argv[5] ?? "0,45").split(",").map(Number);
const model = preset("2dipl");
/** An event lies at a place within this distance, λ. */
const HIT = 3;

function distance(box: Parameters<typeof minimumImage>[0], a: Float64Array, b: Float64Array): number {
  return Math.hypot(
    ...minimumImage(
      box,
      a.map((x, k) => x - b[k]),
    ),
  );
}

interface Row {
  readonly seed: number;
  readonly angle: number;
  readonly strain: number;
  readonly rank: number;
  readonly predicted: number;
  readonly byStiffness: number;
}
const rows: Row[] = [];
for (let seed = first; seed <= last; seed++) {
  const glass = makeGlass({ model, particles, seed, protocol: {} });
  const minimum = minimumOf(glass.system, model);
  const began = performance.now();
  const found = census(minimum, localThermalEnergy(minimum));
  const seconds = (performance.now() - began) / 1000;
  const { box, positions } = minimum.system;
  for (const angle of angles) {
    const run = QuasistaticShear.start(minimum.system, model, { angle, events: 1 });
    while (!run.advance());
    const [event] = run.result().events;
    if (!event) continue;
    const place = positions.slice(2 * event.trigger, 2 * event.trigger + 2);
    const load = simpleShear(2, angle);
    const ahead = found
      .map((one) => ({ one, at: threshold(one, load) }))
      .filter(({ at }) => at > 0)
      .sort((a, b) => a.at - b.at);
    const hits = ({ one }: { one: (typeof found)[number] }) => distance(box, place, one.position) <= HIT;
    const rank = ahead.findIndex(hits);
    const stiff = [...found].sort((a, b) => a.stiffness - b.stiffness);
    const row = {
      seed,
      angle,
      strain: event.strain,
      rank: rank + 1,
      predicted: rank < 0 ? Number.NaN : ahead[rank].at,
      byStiffness: stiff.findIndex((one) => hits({ one })) + 1,
    };
    rows.push(row);
    console.log(JSON.stringify({ ...row, excitations: found.length, seconds: Number(seconds.toFixed(2)) }));
  }
}
const share = (test: (row: Row) => boolean, of = rows) => `${of.filter(test).length} of ${of.length}`;
console.log(
  `top: ${share(({ rank }) => rank === 1)}; top three: ${share(({ rank }) => rank >= 1 && rank <= 3)}; ` +
    `top five: ${share(({ rank }) => rank >= 1 && rank <= 5)}; anywhere: ${share(({ rank }) => rank > 0)}`,
);
console.log(`by stiffness: top ${share(({ byStiffness }) => byStiffness === 1)}`);
const hit = rows.filter(({ rank }) => rank === 1);
console.log(
  `strain within 1.5 where the top hits: ${share(({ predicted, strain }) => predicted / strain < 1.5 && strain / predicted < 1.5, hit)}`,
);
for (const limit of [0.002, 0.004]) {
  console.log(
    `events before ${limit}: top ${share(
      ({ rank }) => rank === 1,
      rows.filter(({ strain }) => strain < limit),
    )}`,
  );
}
