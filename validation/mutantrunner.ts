// Runs each test of a file again and again, once with each sign of `mutants.ts` flipped that it comes by and that no test has
// killed before. Signs are factors of the sources (`mutantSign(k)`, 1 or −1), so that one process serves for all of them.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { TestRunner } from "vitest";

/** What `mutants.ts` asks for, in the file that the variable MUTANTS names. */
interface Asked {
  /** Of signs. */
  readonly count: number;
  /** Numbers of those still to be killed. */
  readonly pending: readonly number[];
  /** One that is flipped from the beginning, before modules are loaded; then tests run once, as ever. */
  readonly fixed?: number | undefined;
  /** Tests that take less or more are not repeated, seconds of processor time. */
  readonly between: readonly [least: number, most: number];
  /** A line for each that is killed goes here. */
  readonly out: string;
}

const asked = JSON.parse(readFileSync(process.env.MUTANTS as string, "utf8")) as Asked;
const pending = new Set(asked.pending);
const signs = new Int8Array(asked.count).fill(1);
const met = new Uint8Array(asked.count);
if (asked.fixed !== undefined) signs[asked.fixed] = -1;

Object.assign(globalThis, {
  mutantSign(k: number): number {
    met[k] = 1;
    return signs[k];
  },
});

type Test = Parameters<TestRunner["onAfterTryTask"]>[0];

export default class MutantRunner extends TestRunner {
  async runTask(test: Test): Promise<void> {
    const run = TestRunner.getTestFn(test);
    met.fill(0);
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (asked.fixed !== undefined || seconds <= asked.between[0] || seconds > asked.between[1]) return;
    for (const k of [...pending].filter((number) => met[number] === 1)) {
      // for who looks at a run that stands still
      writeFileSync(`${asked.out}.now`, `${k} ${test.name}\n`);
      signs[k] = -1;
      let killed = false;
      try {
        await run();
      } catch {
        killed = true;
      }
      signs[k] = 1;
      if (!killed) continue;
      pending.delete(k);
      const note = (more: object) =>
        appendFileSync(asked.out, `${JSON.stringify({ k, test: test.name, ...more })}\n`);
      try {
        await run();
      } catch (error) {
        // red by itself from now on: a mutant's value was kept, and nothing is shown
        note({ spoiled: true });
        throw error;
      }
      note({});
    }
  }
}
