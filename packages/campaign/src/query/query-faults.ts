import type { DuckDBConnection } from "@duckdb/node-api";
import { SoftfieldError } from "softfield";
import { nearest } from "softfield/internal";

/** Tables of an open database with their columns, in order. */
type Catalog = ReadonlyMap<string, readonly string[]>;

/**
 * What is wrong with a query, in words: a table or column that is not there with those that are, anything else as
 * DuckDB says it, with the place in the query.
 */
export async function queryFault(
  cause: unknown,
  sql: string,
  connection: DuckDBConnection,
): Promise<SoftfieldError> {
  const message = (cause as Error).message.trimEnd();
  const catalog = await catalogOf(connection);
  const words = missingTable(message, catalog) ?? missingColumn(message, sql, catalog);
  const place = /\n\nLINE \d+: [\s\S]*$/.exec(message)?.[0] ?? "";
  const said =
    words === undefined ? message.replace(/^[A-Z]\w*(?: \w+)? Error: /, "") : `${words}${place.slice(1)}`;
  return new SoftfieldError("usage", `the query failed: ${said}`, { field: "sql" }, { cause });
}

function missingTable(message: string, catalog: Catalog): string | undefined {
  const [, name] =
    /Table with name "?(.+?)"? does not exist!/.exec(message) ??
    /Referenced table "(.+?)" not found!/.exec(message) ??
    [];
  if (name === undefined) return undefined;
  const tables = [...catalog.keys()];
  return `there is no table "${name}"${suggestion(name, tables)} The tables are ${tables.join(", ")}.`;
}

function missingColumn(message: string, sql: string, catalog: Catalog): string | undefined {
  const [, name] =
    /Referenced column "(.+?)" (?:was )?not found/.exec(message) ??
    /does not have a column named "(.+?)"/.exec(message) ??
    [];
  if (name === undefined) return undefined;
  const asked = [...catalog].filter(([table]) => new RegExp(`\\b${table}\\b`, "i").test(sql));
  if (asked.length === 0) return undefined;
  const near = suggestion(
    name,
    asked.flatMap(([, columns]) => columns),
  );
  const listed = asked.map(([table, columns]) => ` The columns of ${table} are ${columns.join(", ")}.`);
  return `there is no column "${name}"${near}${listed.join("")}`;
}

async function catalogOf(connection: DuckDBConnection): Promise<Catalog> {
  const reader = await connection.runAndReadAll(
    "select table_name, list(column_name order by column_index) from duckdb_columns() where not internal " +
      "group by all order by table_name",
  );
  return new Map(reader.getRowsJson().map(([table, columns]) => [String(table), columns as string[]]));
}

/** The likeliest of what there is; ends the sentence. */
function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? "." : `: did you mean "${near}"?`;
}
