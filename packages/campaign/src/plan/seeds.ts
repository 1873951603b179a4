/** Largest seed: whole numbers that every format of the store holds exactly. */
const LARGEST_SEED = 2 ** 53 - 1;

/** Most seeds of one ensemble: a list that is longer is a slip of the keyboard. */
const MAX_SEEDS = 1_000_000;

/** Seeds as a campaign file gives them: 7, "1..300", "1..100, 205", or a list of such. */
export type SeedList = number | string | readonly (number | string)[];

/** The seeds, ascending, or in words what is wrong with them. */
export type SeedsFound =
  | { readonly status: "parsed"; readonly seeds: readonly number[] }
  | { readonly status: "invalid"; readonly reason: string };

interface Range {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** Reads a list of seeds. Ranges include both ends; a seed given twice is an error, named with both places. */
export function parseSeeds(given: SeedList): SeedsFound {
  const parts = (Array.isArray(given) ? (given as readonly (number | string)[]) : [given as number | string])
    .flatMap((part) => String(part).split(","))
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length === 0) return { status: "invalid", reason: "no seed is given" };
  const ranges: Range[] = [];
  for (const part of parts) {
    const range = parseRange(part);
    if (typeof range === "string") return { status: "invalid", reason: range };
    ranges.push(range);
  }
  ranges.sort((a, b) => a.first - b.first);
  for (let k = 1; k < ranges.length; k++) {
    const [before, after] = [ranges[k - 1], ranges[k]];
    if (after.first <= before.last) {
      const reason = `seed ${after.first} is given twice, by "${before.text}" and by "${after.text}"`;
      return { status: "invalid", reason };
    }
  }
  const count = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (count > MAX_SEEDS) return { status: "invalid", reason: `${count} seeds; at most ${MAX_SEEDS}` };
  return {
    status: "parsed",
    seeds: ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, k) => first + k)),
  };
}

/** 1,2,3,7 → "1..3, 7", or with other signs. The seeds must ascend. */
export function describeSeeds(
  seeds: readonly number[],
  { to = "..", and = ", " }: { readonly to?: string; readonly and?: string } = {},
): string {
  const words: string[] = [];
  for (let k = 0; k < seeds.length; k++) {
    const first = seeds[k];
    while (seeds[k + 1] === seeds[k] + 1) k++;
    words.push(first === seeds[k] ? String(first) : `${first}${to}${seeds[k]}`);
  }
  return words.join(and);
}

function parseRange(text: string): Range | string {
  const match = /^(\d+)(?:\s*\.\.\s*(\d+))?$/.exec(text);
  if (match === null) return `"${text}" is neither a whole number from 0 nor a range such as 1..300`;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (last > LARGEST_SEED) return `"${text}": seeds go up to ${LARGEST_SEED}`;
  if (last < first) return `"${text}" runs backwards: write ${last}..${first}`;
  return { first, last, text };
}
