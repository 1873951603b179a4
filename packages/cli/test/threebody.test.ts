import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-silicon-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("silicon on the command line", () => {
  test("make, minimize, lte, observe, modes: --model sw-silicon", async () => {
    const model = ["-m", "sw-silicon"];
    const times = ["--liquid-time", "2", "--anneal-time", "4", "--quiet"];
    const made = await runCli("make", ...model, "-n", "64", "--seed", "3", "-o", at("si.extxyz"), ...times);
    expect(made.code).toBe(0);
    const again = await runCli("minimize", at("si.extxyz"), ...model, "-o", at("again.extxyz"), "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ status: "converged" });
    const outputs = ["lte.tsv", "lte.h5", "lte.extxyz"].map(at);
    const lte = await runCli(
      "lte",
      at("again.extxyz"),
      ...model,
      "--json",
      ...outputs.flatMap((o) => ["-o", o]),
    );
    expect(lte.stderr).toBe("");
    const summary = JSON.parse(lte.stdout);
    expect(summary.sumRuleError).toBeLessThan(1e-10);
    expect(summary.triples.count).toBeGreaterThan(64);
    const bonds = readFileSync(at("lte.tsv"), "utf8").trim().split("\n");
    expect(bonds.length).toBe(summary.bonds + 1);
    expect(summary.outputs).toContain(at("lte.triples.tsv"));
    const rows = readFileSync(at("lte.triples.tsv"), "utf8").trim().split("\n");
    expect(rows.length).toBe(summary.triples.count + 1);
    expect(rows[0]).toBe("centre\tj\tk\tlte\tharmonic\tanharmonic\ttype_centre\ttype_j\ttype_k\tx\ty\tz");
    const energies = [bonds, rows].flatMap(([names, ...values]) =>
      values.map((row) => Number(row.split("\t")[names.split("\t").indexOf("lte")])),
    );
    expect(energies.reduce((sum, e) => sum + e, 0) / 189).toBeCloseTo(1, 9);
    const [count, header, ...atoms] = readFileSync(at("lte.extxyz"), "utf8").trim().split("\n");
    expect(Number(count)).toBe(64);
    const names = /Properties=(\S+)/
      .exec(header!)![1]
      .split(":")
      .filter((_, k) => k % 3 === 0);
    // species, type, three coordinates, then one number a name
    const column = 5 + names.slice(3).indexOf("lte");
    const sum = atoms.reduce((total, row) => total + Number(row.trim().split(/\s+/)[column]), 0);
    expect(sum / 189).toBeCloseTo(1, 6);
    const observed = await runCli("observe", at("si.extxyz"), ...model, "--json", "-o", at("observed.tsv"));
    expect(JSON.parse(observed.stdout).energyCoefficient / 189).toBeCloseTo(1, 8);
    const [columns, ...particles] = readFileSync(at("observed.tsv"), "utf8").trim().split("\n");
    expect(particles.length).toBe(64);
    expect(columns!.split("\t")).toEqual(expect.arrayContaining(["energy", "pressure", "shear_stress"]));
    const modes = await runCli("modes", at("si.extxyz"), ...model, "-n", "5", "--json");
    expect(JSON.parse(modes.stdout).frequencies.length).toBe(5);
  });

  test("a campaign: the triples have a table and are in the field and the histogram", async () => {
    writeFileSync(
      at("night.yaml"),
      "name: night\nensembles:\n  si: {model: sw-silicon, particles: 64, seeds: 3, protocol: {liquidTime: 2, annealTime: 4}}\n" +
        "compute:\n  lte:\n  spots: {bins: 4}\n  shear: {events: 1}\n",
    );
    const ask = async (sql: string) => {
      const { stdout } = await runCli("query", at("night.yaml"), sql, "--format", "json");
      return JSON.parse(stdout);
    };
    const run = await runCli("run", at("night.yaml"), "--threads", "1", "--quiet");
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    const [sums] = await ask(
      "select (select sum(lte) from bonds) as bonds, (select sum(lte) from triples) as triples, " +
        "(select sum(count) from histogram where quantity = 'triples') as counted, (select max(triples) from responses) as stated, " +
        "(select max(lte) from triples) as largest, (select max(triple_lte_max) from responses) as told",
    );
    expect((sums.bonds + sums.triples) / 189).toBeCloseTo(1, 9);
    expect(sums.counted).toBe(sums.stated);
    expect(sums.told).toBe(sums.largest);
    const events = await ask("select ordinal, strain from events");
    expect(events.length).toBe(1);
    const fields = await ask("select value from fields where field = 'lte'");
    expect(fields.length).toBe(64);
    const report = await runCli("report", at("night.yaml"), "-o", at("report"));
    expect(report.code).toBe(0);
    const density = readFileSync(at("report/tables/lte_density.csv"), "utf8").trim().split("\n").slice(1);
    const counted = (name: string) =>
      density
        .filter((row) => row.includes(name))
        .reduce((sum, row) => sum + Number(row.split(",").at(-1)), 0);
    const [bins] = await ask(
      "select sum(count) filter (quantity = 'triples') as triples, sum(count) filter (quantity = 'lte') as pairs " +
        "from histogram where bin between 0 and 239",
    );
    expect(counted(", triples")).toBe(bins.triples);
    expect(counted("si") - counted(", triples")).toBe(bins.pairs);
  });

  test("spots and predict know the triples", async () => {
    const field = ["-m", "sw-silicon", "--bins", "4", "--json"];
    const spots = await runCli("spots", at("si.extxyz"), ...field);
    expect(spots.stderr).toBe("");
    expect(JSON.parse(spots.stdout).bins).toEqual([4, 4, 4]);
    const foretold = await runCli("predict", at("si.extxyz"), ...field, "--events", "1", "--modes", "4");
    const { events, status } = JSON.parse(foretold.stdout);
    expect(status).toBe("complete");
    expect(events[0].lte.correlation).toBeGreaterThanOrEqual(-1);
  });

  test("a name that the triples take is refused before any work", async () => {
    const same = ["-o", at("x.tsv"), "-o", at("x.triples.tsv")];
    const run = await runCli("lte", at("si.extxyz"), "-m", "sw-silicon", ...same);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/x\.triples\.tsv: is where the triples go/);
  });

  test("a configuration in two dimensions is refused", async () => {
    const flat = new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url).pathname;
    const run = await runCli("lte", flat, "-m", "sw-silicon", "--species", "S=Si,L=Si");
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/sw-silicon is three-dimensional/);
  });
});
