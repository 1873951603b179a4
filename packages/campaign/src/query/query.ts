import type { Json } from "@duckdb/node-api";
import { SoftfieldError } from "softfield";
import type { Campaign } from "../plan/campaign.ts";
import type { SampleStage } from "../stage.ts";
import { Store, sqlType, type TableSchema } from "../store/index.ts";
import { queryFault } from "./query-faults.ts";
import { filesOf, type StageSurvey, surveyStore } from "./survey.ts";

/** What a query gave: names of its columns, and its rows as values that JSON can hold. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/** Asks a database that stands open. @throws SoftfieldError "usage" with what is wrong with a faulty query */
export type Ask = (sql: string) => Promise<QueryResult>;

/** Whose results are asked for. */
export interface QuerySource {
  readonly folder: string;
  readonly stages: readonly SampleStage[];
}

/**
 * Opens a campaign's results to SQL (DuckDB's): one view a table of the stages (bonds, particles, …), each with the
 * columns `ensemble` and `seed` before its own, and `samples`, one row a sample and stage.
 *
 * Only results that are whole are seen, as they stood when the database was opened.
 */
export async function withDatabase<T>(
  campaign: Campaign,
  { folder, stages }: QuerySource,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const store = Store.open(folder, campaign.name);
  const survey = surveyStore(store, campaign, { stages });
  // a native module, and large: only what asks waits for it
  const { DuckDBInstance, DuckDBTypeId } = await import("@duckdb/node-api");
  const { BIGINT, UBIGINT, HUGEINT, UHUGEINT } = DuckDBTypeId;
  /** Types whose values DuckDB gives as text, since they may be too large for a JavaScript number. */
  const wholes = new Set([BIGINT, UBIGINT, HUGEINT, UHUGEINT]);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(samplesSql(survey));
    for (const { tables } of stages) {
      for (const table of tables) await connection.run(viewSql(store, survey, table));
    }
    return await work(async (sql) => {
      try {
        const reader = await connection.runAndReadAll(sql);
        const whole = reader.columnTypes().map(({ typeId }) => wholes.has(typeId));
        const rows = reader
          .getRowsJson()
          .map((row) => row.map((value, k) => (whole[k] ? asNumber(value) : value)));
        return { columns: reader.columnNames(), rows };
      } catch (error) {
        throw await queryFault(error, sql, connection);
      }
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Runs one query over a campaign's results: see `withDatabase`. */
export async function queryCampaign(
  campaign: Campaign,
  { sql, ...source }: QuerySource & { sql: string },
): Promise<QueryResult> {
  if (sql.trim() === "") throw new SoftfieldError("usage", "the query is empty", { field: "sql" });
  return await withDatabase(campaign, source, (ask) => ask(sql));
}

function asNumber(value: Json): Json {
  return Number.isSafeInteger(Number(value)) && value !== null ? Number(value) : value;
}

const SAMPLES = {
  ensemble: "VARCHAR",
  seed: "BIGINT",
  stage: "VARCHAR",
  status: "VARCHAR",
  reason: "VARCHAR",
  hash: "VARCHAR",
  bytes: "BIGINT",
  seconds: "DOUBLE",
  host: "VARCHAR",
  softfield: "VARCHAR",
  finished: "VARCHAR",
};

function samplesSql(survey: readonly StageSurvey[]): string {
  const rows = survey.flatMap(({ ensemble, stage, done, failed }) => [
    ...done.map(({ seed, hash, files, made }) => {
      const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
      return [ensemble.name, seed, stage.name, "done", null, hash, bytes, ...madeValues(made)];
    }),
    ...failed.map(({ seed, hash, reason, made }) => {
      return [ensemble.name, seed, stage.name, "failed", reason, hash, 0, ...madeValues(made)];
    }),
  ]);
  const columns = Object.entries(SAMPLES).map(([name, type]) => `${name} ${type}`);
  const table = `CREATE TABLE samples (${columns.join(", ")});`;
  if (rows.length === 0) return table;
  return `${table} INSERT INTO samples VALUES ${rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ")};`;
}

function madeValues(made: { seconds: number; host: string; softfield: string; finished: string }) {
  return [made.seconds, made.host, made.softfield, made.finished];
}

/** A view over the Parquet files of all ensembles; without any, an empty one with the same columns. */
function viewSql(store: Store, survey: readonly StageSurvey[], table: TableSchema): string {
  const parts = survey.flatMap((entry) => {
    const files = filesOf(store, entry, `${table.name}.parquet`);
    if (files.length === 0) return [];
    const list = files.map(literal).join(", ");
    const name = literal(entry.ensemble.name);
    return `SELECT ${name} AS ensemble, CAST(seed AS BIGINT) AS seed, * EXCLUDE (seed) FROM read_parquet([${list}], hive_partitioning = true, hive_types_autocast = false)`;
  });
  const empty = Object.entries({ ensemble: "STRING", seed: "", ...typesOf(table) }).map(
    ([name, type]) => `CAST(NULL AS ${name === "seed" ? "BIGINT" : sqlType(type as "STRING")}) AS "${name}"`,
  );
  if (parts.length === 0) return `CREATE VIEW ${table.name} AS SELECT ${empty.join(", ")} WHERE false;`;
  return `CREATE VIEW ${table.name} AS ${parts.join(" UNION ALL BY NAME ")};`;
}

function typesOf({ columns }: TableSchema): Record<string, string> {
  return Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]));
}

function literal(value: string | number | null): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
