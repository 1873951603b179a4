import { SoftfieldError } from "softfield";
import { expect, test } from "vitest";
import { Store } from "../../campaign/src/store/index.ts";
import { campaignFile, queryStandin, runStandin, STANDIN, softfield } from "./campaign-support.ts";

test.each([
  ["select * from bond", 'there is no table "bond": did you mean "bonds"? The tables are bonds, samples.'],
  ["describe zzzzzzzzzz", 'there is no table "zzzzzzzzzz". The tables are bonds, samples.'],
  ["select b.lte from bonds", 'there is no table "b". The tables are bonds, samples.'],
  [
    "select avg(ltte) from bonds",
    'there is no column "ltte": did you mean "lte"? The columns of bonds are ensemble, seed, i, j, lte.',
  ],
  ["select b.x from bonds b", 'there is no column "x". The columns of bonds are ensemble, seed, i, j, lte.'],
  [
    "select y from (select 1 as x)",
    'Referenced column "y" not found in FROM clause!\nCandidate bindings: "x"',
  ],
  ["selec * from bonds", 'syntax error at or near "selec"'],
  ["select * from 'none.parquet'", 'No files found that match the pattern "none.parquet"'],
])("a faulty query is answered with what there is: %s", async (sql, words) => {
  const night = campaignFile();
  Store.create(night.folder, "night");
  const error = await queryStandin(night, sql).catch((cause: Error) => cause);
  if (!(error instanceof SoftfieldError)) throw new Error("no error");
  expect(error.code).toBe("usage");
  expect(error.message.split("\n\n")[0].split("\nLINE")[0]).toBe(`the query failed: ${words}`);
});

test("a fault is shown in its place; an empty query is refused", async () => {
  const night = campaignFile();
  Store.create(night.folder, "night");
  await expect(queryStandin(night, "select lte\nfrom bond")).rejects.toThrow(/\nLINE 2: from bond\n +\^$/);
  await expect(queryStandin(night, " ")).rejects.toThrow("the query is empty");
});

test("queries: views before anything is there, values of all types, faults in words", async () => {
  const night = campaignFile({}, { seeds: "1..3" });
  Store.create(night.folder, "night");
  expect(await queryStandin(night, "select * from bonds")).toEqual({
    columns: ["ensemble", "seed", "i", "j", "lte"],
    rows: [],
  });
  await runStandin(night);
  const { rows } = await queryStandin(
    night,
    "select ensemble, seed, count(*) from bonds group by all order by seed",
  );
  expect(rows).toEqual([1, 2, 3].map((seed) => ["glass", seed, 24]));
  const samples = await queryStandin(night, "select distinct stage, status from samples order by stage");
  expect(samples.rows).toEqual([
    ["lte", "done"],
    ["make", "done"],
  ]);
  const csv = softfield(STANDIN, [
    "query",
    night.file,
    "select 1 as a, 'x,\"y' as b, null as c",
    "--format",
    "csv",
  ]);
  expect(csv.stdout).toBe('a,b,c\n1,"x,""y",\n');
});
