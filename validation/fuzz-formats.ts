// Mutations of files of every format that softfield reads, configurations and potentials: cut off, bent, doubled, with garbage
// for numbers. None may crash the reader, keep it for longer than five seconds, or be read to numbers that a whole file does
// not have.
//   npx --no-install node --conditions=softfield-source validation/fuzz-formats.ts [count] [seed]
import { readSnapshot, type Snapshot, SoftfieldError } from "softfield";
import { lehmer, type Mutation, mutated, type Specimen } from "../packages/core/test/mutations.ts";
import {
  hasPlace,
  POTENTIAL_SPECIMENS,
  potentialComplaint,
  potentialOf,
} from "../packages/core/test/potential-specimens.ts";
import { complaint, SPECIMENS } from "../packages/core/test/specimens.ts";

const [count = 10_000, seed = 1] = process.argv.slice(2).map(Number);

/** Files of one sort: how one is read, and what is wrong with what came of it. */
interface Sort<S extends Specimen, Outcome> {
  readonly name: string;
  readonly specimens: readonly S[];
  read(specimen: S, bytes: Uint8Array): Outcome;
  wrong(mutation: Mutation, good: Outcome, outcome: Outcome | undefined): string | undefined;
  told(error: SoftfieldError, specimen: S): boolean;
}

function run<S extends Specimen, Outcome>(sort: Sort<S, Outcome>): boolean {
  const { specimens } = sort;
  const random = lehmer(seed);
  const good = new Map(specimens.map((specimen) => [specimen.name, sort.read(specimen, specimen.bytes)]));
  const tally = { read: 0, refused: 0, wrong: 0, slowest: 0 };
  for (let k = 0; k < count; k++) {
    const specimen = specimens[k % specimens.length];
    const mutation = mutated(specimen, specimens, random);
    const start = performance.now();
    let outcome: Outcome | undefined;
    let crash: string | undefined;
    try {
      outcome = sort.read(specimen, mutation.bytes);
      tally.read++;
    } catch (error) {
      if (error instanceof SoftfieldError) tally.refused++;
      else crash = `crashed: ${error instanceof Error ? error.stack : error}`;
      if (error instanceof SoftfieldError && !sort.told(error, specimen))
        crash = `was refused without its place: ${error.message}`;
    }
    const took = performance.now() - start;
    tally.slowest = Math.max(tally.slowest, took);
    const wrong =
      crash ??
      (took > 5000 ? `took ${took} ms` : undefined) ??
      sort.wrong(mutation, good.get(specimen.name)!, outcome);
    if (wrong === undefined) continue;
    tally.wrong++;
    process.stdout.write(`${k} ${specimen.name}, ${mutation.kind}: ${wrong}\n`);
  }
  process.stdout.write(
    `${count} mutations of ${sort.name} (seed ${seed}): ${tally.read} read, ${tally.refused} refused, ${tally.wrong} wrong; ` +
      `the slowest took ${tally.slowest.toFixed(1)} ms\n`,
  );
  return tally.wrong === 0;
}

const right = [
  run<Specimen, Snapshot>({
    name: "configurations",
    specimens: SPECIMENS,
    read: ({ name }, bytes) => readSnapshot(bytes, { source: name }),
    wrong: complaint,
    told: (error, { name }) => error.message.includes(name),
  }),
  run({
    name: "potentials",
    specimens: POTENTIAL_SPECIMENS,
    read: potentialOf,
    wrong: potentialComplaint,
    told: (error, { name }) => hasPlace(error, name),
  }),
];
process.exitCode = right.every(Boolean) ? 0 : 1;
