import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-shear-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reference = (name: string) =>
  fileURLToPath(new URL(`../../../examples/reference/${name}`, import.meta.url));
const glass = reference("2dipl_400.extxyz");
const file = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(file(name), "utf8");

/** The command as a process of its own; gets Ctrl-C once the file `interruptAt` says that an event has passed. */
function softfield(
  args: readonly string[],
  interruptAt?: string,
): Promise<{ code: number | null; stderr: string }> {
  const source = fileURLToPath(new URL("source-cli.ts", import.meta.url));
  const node = existsSync("node_modules/.bin/node") ? "node_modules/.bin/node" : process.execPath;
  const child = spawn(node, ["--conditions=softfield-source", source, ...args]);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const watch = setInterval(() => {
    if (interruptAt === undefined || !existsSync(interruptAt)) return;
    if (!readFileSync(interruptAt, "latin1").includes('"ordinal":1')) return;
    child.kill("SIGINT");
    clearInterval(watch);
  }, 5);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ code, stderr });
    });
  });
}

describe("softfield shear", () => {
  test("writes events, table, figure, displacements and the configuration", async () => {
    const { code, stdout } = await runCli(
      ...["shear", glass, "--model", "2dipl", "--events", "2", "--json"],
      ...["-o", file("events.json"), "-o", file("events.tsv"), "-o", file("sheared.extxyz")],
      ...["--figure", file("curve.svg"), "--displacements", file("u.tsv")],
    );
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    expect(JSON.parse(text("events.json"))).toEqual(summary);
    expect(summary.status).toBe("complete");
    expect(summary.events).toHaveLength(2);
    for (const key of [
      ...["ordinal", "strain", "particle", "trigger", "position", "drop"],
      ...["energyBefore", "energyAfter", "stressBefore", "stressAfter"],
    ]) {
      expect(summary.events[0]).toHaveProperty(key);
    }
    expect(summary.events[0].strain).toBeCloseTo(0.0203217, 6);
    expect(summary.events[0].particle).toBe(18);
    expect(summary.path.length).toBeGreaterThan(10);
    const [head, row] = text("events.tsv").trim().split("\n");
    const columns = head!.split("\t");
    expect(Number(row!.split("\t")[columns.indexOf("particle")])).toBe(18);
    expect(text("u.tsv").trim().split("\n")).toHaveLength(1 + 2 * 400);
    const curve = text("curve.svg");
    expect(curve).toMatch(/^<svg/);
    expect(curve).toContain("strain");
    expect(existsSync(file("events.json.checkpoint"))).toBe(false);

    // The configuration after the second event is a minimum, from which shear goes on.
    const again = await runCli(
      "shear",
      file("sheared.extxyz"),
      "--model",
      "2dipl",
      "--max-strain",
      "1e-4",
      "--json",
    );
    expect(JSON.parse(again.stdout).status).toBe("max-strain");
  });

  test("tells what happened in words", async () => {
    const args = ["shear", glass, "--model", "2dipl", "--events", "1", "-o", file("one.tsv")];
    const { code, stdout } = await runCli(...args);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`wrote ${file("one.tsv")}`);
    expect(stdout).toMatch(/event 1: strain 0\.02032\d+, particle 18 \(trigger 18\)/);
  });

  test("a run that is interrupted and resumed ends in the same events", async () => {
    const args = ["shear", glass, "--model", "2dipl", "--events", "4", "-o"];
    const stopped = await softfield([...args, file("a.json")], file("a.json.checkpoint"));
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/--resume goes on/);
    expect(existsSync(file("a.json"))).toBe(false);
    expect((await softfield([...args, file("a.json"), "--resume"])).code).toBe(0);
    expect((await softfield([...args, file("b.json")])).code).toBe(0);
    const [a, b] = ["a.json", "b.json"].map((name) => JSON.parse(text(name)));
    expect(a.events).toEqual(b.events);
    expect(a.path).toEqual(b.path);
    expect(existsSync(file("a.json.checkpoint"))).toBe(false);
  });

  test("no event up to the largest strain is a result", async () => {
    const { code, stdout } = await runCli("shear", glass, "--model", "2dipl", "--max-strain", "1e-3");
    expect(code).toBe(0);
    expect(stdout).toMatch(/max-strain: 0 of 5 events/);
  });

  test("a configuration that is no minimum is an error", async () => {
    const lines = readFileSync(glass, "utf8").split("\n");
    const [name, x, ...rest] = lines[2].split(/\s+/);
    lines[2] = [name, Number(x) + 0.2, ...rest].join(" ");
    writeFileSync(file("bent.extxyz"), lines.join("\n"));
    const outputs = ["-o", file("bent.tsv"), "--figure", file("bent.svg")];
    const { code, stderr } = await runCli("shear", file("bent.extxyz"), "--model", "2dipl", ...outputs);
    expect(code).toBe(1);
    const { stderr: ofLte } = await runCli("lte", file("bent.extxyz"), "--model", "2dipl");
    const said = /not an energy minimum[^;]*;/;
    expect(stderr.match(said)?.[0]).toBe(ofLte.match(said)?.[0] ?? "nothing");
    expect(stderr).toMatch(/bent\.extxyz.*\n {2}softfield minimize \S+bent\.extxyz --model 2dipl -o/s);
    expect([existsSync(file("bent.tsv")), existsSync(file("bent.svg"))]).toEqual([false, false]);
  });

  test.each([
    [["--events", "two"], /--events two: give a number/],
    [["--tolerance", "1e-14"], /tolerance/],
    [["--kind", "twist"], /there is no load "twist"/],
    [["--plane", "xz"], /two dimensions/],
    [["--figure", "curve.gif"], /\.svg, \.png or \.pdf/],
    [["-o", "events.docx"], /known/],
    [["-o", "nowhere/events.json"], /nowhere/],
  ])("misuse is told: %j", async (args, message) => {
    const { code, stderr } = await runCli("shear", glass, "--model", "2dipl", ...args);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(message);
  });
});
