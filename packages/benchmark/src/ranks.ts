import { type RecordTable, readColumns, readTexts, recordBytes, text, whole } from "@softfield/campaign";
import { softestFirst } from "./score.ts";

/** Files of a sample: ranks by what knows no direction, and by what does, a part a load. */
const FILES = { common: "benchmark_ranks.parquet", loads: "benchmark_load_ranks.parquet" } as const;

/** The ranks of all particles by each indicator, 0 the hardest, −1 where it has no value: what a sum of parts is made from. */
export class Ranks {
  readonly #count: number;
  /** By load ("": all), then indicator. */
  readonly #ranks = new Map<string, Map<string, Int32Array>>();

  constructor(count: number) {
    this.#count = count;
  }

  /** `values`: N, the larger the softer. */
  add(indicator: string, values: Float64Array, load: string): void {
    const of = this.#ranks.get(load) ?? new Map<string, Int32Array>();
    this.#ranks.set(load, of.set(indicator, ranksOf(values)));
  }

  async files(): Promise<Record<string, Uint8Array>> {
    const loads = [...this.#ranks.keys()].filter((load) => load !== "");
    return {
      [FILES.common]: await this.#file([""]),
      ...(loads.length > 0 && { [FILES.loads]: await this.#file(loads) }),
    };
  }

  async #file(loads: readonly string[]): Promise<Uint8Array> {
    type Row = { readonly load: string; readonly particle: number };
    const names = [...(this.#ranks.get(loads[0])?.keys() ?? [])];
    const table: RecordTable<Row> = {
      name: "benchmark_ranks",
      columns: {
        load: text(({ load }) => load, "of the ranks; empty: of all"),
        particle: whole(({ particle }) => particle, "zero-based"),
        ...Object.fromEntries(
          names.map((name) => [
            name,
            whole(
              ({ load, particle }: Row) => this.#ranks.get(load)?.get(name)?.[particle] ?? -1,
              "rank of the field at the particle, 0 the hardest",
            ),
          ]),
        ),
      },
    };
    const rows = loads.flatMap((load) =>
      Array.from({ length: this.#count }, (_, particle): Row => ({ load, particle })),
    );
    return await recordBytes(table, rows);
  }
}

/** Equals share the mean of their ranks. */
function ranksOf(values: Float64Array): Int32Array {
  const ranks = new Int32Array(values.length).fill(-1);
  const order = softestFirst(values).reverse();
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = Math.floor((from + to - 1) / 2);
    from = to;
  }
  return ranks;
}

/** A sample's ranks of these indicators under each of its loads: rows of N. */
export async function readRanks(
  read: (stage: string, file: string) => Uint8Array,
  { common, directional }: { readonly common: readonly string[]; readonly directional: readonly string[] },
  count: number,
): Promise<(load: string) => readonly ArrayLike<number>[]> {
  const all = await readColumns(read("benchmark", FILES.common), [...common]);
  const bytes = directional.length > 0 ? read("benchmark", FILES.loads) : undefined;
  const loads = bytes ? await readTexts(bytes, "load") : [];
  const own = bytes ? await readColumns(bytes, [...directional]) : {};
  return (load) => {
    const from = loads.indexOf(load);
    return [
      ...common.map((name) => all[name]),
      ...directional.map((name) => Array.from(own[name]).slice(from, from + count)),
    ];
  };
}
