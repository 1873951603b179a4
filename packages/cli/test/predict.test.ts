import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-predict-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("softfield spots", () => {
  test("writes the spots, draws the field, and says the same in JSON", async () => {
    const run = await runCli(
      "spots",
      glass,
      "-m",
      "2dipl",
      "-o",
      at("spots.tsv"),
      "--figure",
      at("field.svg"),
      "--json",
    );
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    const summary = JSON.parse(run.stdout);
    expect(summary.bins).toEqual([8, 8]);
    const rows = readFileSync(at("spots.tsv"), "utf8").trim().split("\n");
    expect(rows[0]).toBe(
      "rank\tx\ty\tscore\tstandardized\tyield_strain\tsoftest\tangle\tyield_xx\tyield_yy\tyield_xy",
    );
    expect(rows).toHaveLength(summary.spots.length + 1);
    expect(Number(rows[1]?.split("\t")[3])).toBe(summary.spots[0].score);
    expect(summary.spots[0].standardized).toBe(1);
    expect(readFileSync(at("field.svg"), "utf8")).toMatch(/^<svg/);
  });

  test("over the direction of shear 1/γ_c is drawn, of surroundings as dots", async () => {
    const run = await runCli(
      "spots",
      glass,
      "-m",
      "2dipl",
      "--yield",
      "1",
      "--polar",
      at("polar.svg"),
      "--json",
    );
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const [first] = JSON.parse(run.stdout).spots;
    expect(first.softest).toBeLessThanOrEqual(Math.abs(first.yieldStrain));
    expect(first).toHaveProperty("localYieldStrain");
    expect(readFileSync(at("polar.svg"), "utf8")).toMatch(/spot 1/);
  });

  test("in 3D the directions are those of the plane that is asked for", async () => {
    const solid = glass.replace("2dipl", "3dipl");
    const out = at("polar3.svg");
    const run = await runCli(...["spots", solid, "-m", "3dipl", "--plane", "yz", "--polar", out, "--json"]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(JSON.parse(run.stdout).load).toBe("simple shear along 0° in the plane yz");
    expect(readFileSync(out, "utf8")).toMatch(/direction of simple shear in the plane yz/);
  });

  test("of the normal modes are others", async () => {
    const run = await runCli(
      "spots",
      glass,
      "-m",
      "2dipl",
      "--indicator",
      "modes",
      "--modes",
      "10",
      "--json",
    );
    const { indicator, emptyFraction, spots } = JSON.parse(run.stdout);
    expect({ indicator, emptyFraction }).toEqual({ indicator: "modes", emptyFraction: 0 });
    expect(spots.length).toBeGreaterThan(0);
  });

  test.each([
    [["--bins", "2"], /--bins 2/, 2],
    [["--bins", "x"], /--bins x/, 2],
    [["--threshold", "-1"], /--threshold -1/, 2],
    [["--reading", "median"], /mean-of-kept/, 2],
    [["--threshold", "1e9"], /no soft spots/, 1],
    [["--figure", "field.bmp"], /\.svg/, 2],
    [["--indicator", "modes", "--modes", "0"], /--modes of at least 1/, 2],
    [["--indicator", "modes", "--modes", "900"], /798 vibrations/, 2],
  ])("%j is refused in words", async (options, message, code) => {
    const run = await runCli("spots", glass, "-m", "2dipl", ...options);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.code).toBe(code);
    expect(run.stdout).toBe("");
  });
});

describe("softfield predict", () => {
  test("shears, scores and draws Fig. 3", async () => {
    const outputs = ["score.json", "score.tsv", "fig3.svg", "fig3.png"].map(at) as [
      string,
      string,
      string,
      string,
    ];
    const [json, table, figure, picture] = outputs;
    const run = await runCli(
      ...["predict", glass, "-m", "2dipl", "--events", "2", "--modes", "10"],
      ...["-o", json, "-o", table, "--figure", figure, "--figure", picture],
    );
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/shear\s+simple shear along 0°: 2 plastic events/);
    const summary = JSON.parse(readFileSync(json, "utf8"));
    expect(summary.events).toHaveLength(2);
    expect(summary.events[0].strain).toBeLessThan(summary.events[1].strain);
    const [head, first] = readFileSync(table, "utf8").split("\n") as [string, string];
    const column = (name: string) => Number(first.split("\t")[head.split("\t").indexOf(name)]);
    expect(column("strain")).toBe(summary.events[0].strain);
    expect(column("lte_distance")).toBe(summary.events[0].lte.nearest.distance);
    expect(column("modes_correlation")).toBe(summary.events[0].modes.correlation);
    expect(readFileSync(figure, "utf8")).toMatch(/^<svg/);
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe("PNG");
  });

  test("a glass that does not yield within --max-strain is scored by the events it had", async () => {
    const run = await runCli("predict", glass, "-m", "2dipl", "--max-strain", "1e-6", "--modes", "0");
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/0 plastic events up to the largest strain \(max-strain\)/);
  });

  test("a spot that the load stiffens is said to go the other way, and has a negative strain", async () => {
    const out = at("stiffened.json");
    const flags = ["-m", "2dipl", "--events", "2", "--modes", "0", "--angle", "45", "-o", out];
    const run = await runCli("predict", glass, ...flags);
    const [stiffened, softened] = JSON.parse(readFileSync(out, "utf8")).events.map(
      ({ foretold }: { foretold: { linear: number } }) => foretold.linear,
    );
    expect(Math.sign(stiffened)).toBe(-1);
    expect(Math.sign(softened)).toBe(1);
    expect(run.stdout).toMatch(
      new RegExp(`1  0.0\\d+  other way .*\\n +2  0.0\\d+  ${softened.toFixed(7)} `),
    );
    expect(run.stdout).toContain("note      other way: the load stiffens the nearest spot");
  });

  test("--follow without --forecast is refused", async () => {
    const alone = await runCli("predict", glass, "-m", "2dipl", "--follow");
    expect([alone.code, alone.stdout]).toEqual([2, ""]);
    expect(alone.stderr).toMatch(/--forecast: give it, too/);
  });

  test("what is no minimum leaves nothing behind", async () => {
    const shaken = readFileSync(glass, "utf8").replace(/^S [\d.]+/m, "S 1.5");
    writeFileSync(at("shaken.extxyz"), shaken);
    const before = readdirSync(folder).length;
    const run = await runCli("predict", at("shaken.extxyz"), "-m", "2dipl", "--figure", at("never.svg"));
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/shaken\.extxyz.*(not an energy minimum|overlap)/s);
    expect(readdirSync(folder).length).toBe(before);
  });
});
