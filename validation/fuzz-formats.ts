// Mutations of files of every format that softfield reads: cut off, bent, doubled, with garbage for numbers. None may crash the
// reader, keep it for longer than five seconds, or be read to numbers that a whole file does not have.
//   npx --no-install node --conditions=softfield-source validation/fuzz-formats.ts [count] [seed]
import { readSnapshot, type Snapshot, SoftfieldError } from "softfield";
import { lehmer, mutated } from "../packages/core/test/mutations.ts";
import { complaint, SPECIMENS } from "../packages/core/test/specimens.ts";

const [count = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const random = lehmer(seed);
const good = new Map(SPECIMENS.map(({ name, bytes }) => [name, readSnapshot(bytes, { source: name })]));
const tally = { read: 0, refused: 0, wrong: 0, slowest: 0 };
for (let k = 0; k < count; k++) {
  const specimen = SPECIMENS[k % SPECIMENS.length];
  const mutation = mutated(specimen, SPECIMENS, random);
  const start = performance.now();
  let outcome: Snapshot | undefined;
  let crash: string | undefined;
  try {
    outcome = readSnapshot(mutation.bytes, { source: specimen.name });
    tally.read++;
  } catch (error) {
    if (error instanceof SoftfieldError) tally.refused++;
    else crash = `crashed: ${error instanceof Error ? error.stack : error}`;
  }
  const took = performance.now() - start;
  tally.slowest = Math.max(tally.slowest, took);
  const wrong =
    crash ??
    (took > 5000 ? `took ${took} ms` : undefined) ??
    complaint(mutation, good.get(specimen.name)!, outcome);
  if (wrong === undefined) continue;
  tally.wrong++;
  process.stdout.write(`${k} ${specimen.name}, ${mutation.kind}: ${wrong}\n`);
}
process.stdout.write(
  `${count} mutations (seed ${seed}): ${tally.read} read, ${tally.refused} refused, ${tally.wrong} wrong; ` +
    `the slowest took ${tally.slowest.toFixed(1)} ms\n`,
);
process.exitCode = tally.wrong === 0 ? 0 : 1;
