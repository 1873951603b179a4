import { type NumberColumns, readNumberColumns } from "@softfield/node";
import { type Indicator, indicators, ofParticles, SoftfieldError } from "softfield";
import { nearest } from "softfield/internal";
import type { Configuration } from "../shell/load.ts";

/** Columns of others' that are scored beside softfield's own indicators. */
export interface OutsideOptions {
  readonly score: readonly string[];
  readonly table?: string;
}

/**
 * The columns of --score as indicators of particles: of the table of --table, its rows matched by `id`, else by `particle` (from 0),
 * else one a particle in order; otherwise of the configuration's file. "-NAME": the smaller, the softer.
 *
 * @throws SoftfieldError "usage" or "input" for what is not there or does not fit
 */
export async function outsideIndicators(
  configuration: Configuration,
  { score, table }: OutsideOptions,
): Promise<Indicator[]> {
  if (score.length === 0) {
    if (table === undefined) return [];
    throw new SoftfieldError("usage", "--table needs --score: which of its columns?", { field: "table" });
  }
  const source = table ?? configuration.file;
  const found: Indicator[] = [];
  for (const asked of score) {
    found.push(outsideIndicator(asked, await columnOf(configuration, plainName(asked), table), source));
  }
  return found;
}

const plainName = (asked: string) => (asked.startsWith("-") ? asked.slice(1) : asked);

/**
 * Values of others', one a particle (N; NaN: left out), as an indicator; "-NAME": the smaller, the softer.
 * @throws SoftfieldError "input" where none is a number, or one is infinite
 */
export function outsideIndicator(asked: string, own: Float64Array, source: string): Indicator {
  const name = plainName(asked);
  const fault = (what: string) =>
    new SoftfieldError("input", `${source}: the column ${name} ${what}`, { file: source, field: name });
  if (own.every(Number.isNaN)) throw fault("holds no number");
  const infinite = own.findIndex((value) => Math.abs(value) === Infinity);
  if (infinite >= 0) throw fault(`is infinite at particle ${infinite}; NaN leaves a particle out`);
  const values = asked === name ? own : largestLess(own);
  return {
    // beside an indicator of that name, not in its place
    name: indicators.find(asked) ? `${asked}_column` : asked,
    short: name,
    label: name,
    unit: "1",
    description: `the column ${name} of ${source}`,
    of: "particles",
    threshold: 0,
    run: (minimum) => ofParticles(minimum, values),
  };
}

/** A column of numbers, one a particle, of the configuration's file or of a table: see `outsideIndicators`. */
export async function columnOf(
  configuration: Configuration,
  name: string,
  table: string | undefined,
): Promise<Float64Array> {
  const source = table ?? configuration.file;
  const columns = table === undefined ? ofFile(configuration) : await ofTable(configuration, table);
  const found = columns.get(name);
  if (!found) {
    const near = nearest(name, [...columns.keys()]);
    const there = [...columns.keys()].join(", ") || "none";
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    const message = `${source}: there is no column of numbers ${name}; there are ${there}.${hint}`;
    throw new SoftfieldError("usage", message, { file: source, field: name });
  }
  if (!found.every(Number.isNaN)) return found;
  throw new SoftfieldError("input", `${source}: the column ${name} holds no number`, {
    file: source,
    field: name,
  });
}

/** max − x: softness is read from magnitudes, of which the largest is the softest. */
function largestLess(values: Float64Array): Float64Array {
  const most = values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a), Number.NaN);
  return values.map((value) => most - value);
}

function ofFile({ snapshot }: Configuration): NumberColumns {
  return new Map(
    [...snapshot.columns].flatMap(([name, { width, values }]) => (width === 1 ? [[name, values]] : [])),
  );
}

async function ofTable({ ids, system }: Configuration, path: string): Promise<NumberColumns> {
  const columns = await readNumberColumns(path);
  const count = system.species.length;
  const rows = columns.values().next().value?.length ?? 0;
  const [key, wanted] = columns.has("id") && ids ? ["id", ids] : ["particle", undefined];
  const named = columns.get(key);
  const wrong = (message: string) => new SoftfieldError("input", `${path}: ${message}`, { file: path });
  if (!named) {
    if (rows !== count)
      throw wrong(`has ${rows} rows for ${count} particles; with a column id or particle it may have fewer`);
    return columns;
  }
  const place = new Map(Array.from(wanted ?? system.species.keys(), (id, p) => [id, p]));
  const order = Array.from(named, (id, row) => {
    const p = place.get(id);
    if (p === undefined) throw wrong(`row ${row + 1}: there is no particle of ${key} ${id}`);
    place.delete(id);
    return p;
  });
  return new Map(
    Array.from(columns, ([name, values]) => {
      const own = new Float64Array(count).fill(Number.NaN);
      order.forEach((p, row) => {
        own[p] = values[row];
      });
      return [name, own];
    }),
  );
}
