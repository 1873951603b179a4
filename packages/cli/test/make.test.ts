import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { campaignFile } from "./campaign-support.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-make-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = [
  "make",
  "--model",
  "2dipl",
  "-n",
  "300",
  "--liquid-time",
  "4",
  "--anneal-time",
  "20",
  "--quiet",
];
const file = (name: string) => join(folder, name);
const bytes = (name: string) => readFileSync(file(name), "utf8");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a process of its own; gets Ctrl-C as soon as the file `interruptAt` is there. */
function softfield(args: readonly string[], interruptAt?: string): Promise<Ended> {
  const source = fileURLToPath(new URL("source-cli.ts", import.meta.url));
  const node = existsSync("node_modules/.bin/node") ? "node_modules/.bin/node" : process.execPath;
  const child = spawn(node, ["--conditions=softfield-source", source, ...args]);
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (chunk) => {
      said[stream] += chunk;
    });
  }
  const watch = setInterval(() => {
    if (interruptAt === undefined || !existsSync(interruptAt)) return;
    child.kill("SIGINT");
    clearInterval(watch);
  }, 10);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ code, ...said });
    });
  });
}

describe("softfield make", () => {
  test("several seeds on one thread and on two: the same files", async () => {
    for (const threads of ["1", "2"]) {
      const ended = await softfield([
        ...small,
        "--seeds",
        "1..3",
        "--out-dir",
        file(`j${threads}`),
        "-j",
        threads,
      ]);
      expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
    }
    const names = readdirSync(file("j1"));
    expect(names).toEqual(["2dipl_n300_s1.extxyz", "2dipl_n300_s2.extxyz", "2dipl_n300_s3.extxyz"]);
    for (const name of names) expect(bytes(join("j2", name))).toBe(bytes(join("j1", name)));
    expect(new Set(names.map((name) => bytes(join("j1", name)))).size).toBe(3);
  });

  test("--json says what was made as a list, with what the file says of itself", async () => {
    const loud = small.filter((word) => word !== "--quiet");
    const made = await runCli(...loud, "--seed", "3", "-o", file("told.extxyz"), "--json");
    expect(made.stderr).toBe("");
    const told = await runCli("minimize", file("told.extxyz"), "--model", "2dipl", "--json");
    const energyPerParticle = JSON.parse(told.stdout).energy / 300;
    expect(JSON.parse(made.stdout)).toEqual([
      {
        ...{ file: file("told.extxyz"), model: "2dipl", particles: 300, seed: 3 },
        energyPerParticle: expect.closeTo(energyPerParticle, 12),
        residual: expect.any(Number),
      },
    ]);
  });

  test("says in a line what was made, one a glass and in the order of the seeds", async () => {
    const loud = small.filter((word) => word !== "--quiet");
    const ended = await softfield([...loud, "--seeds", "1..2", "--out-dir", file("loud")]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const lines = ended.stdout.split("\n");
    expect(lines).toHaveLength(3);
    for (const [k, seed] of [1, 2].entries()) {
      const out = join(file("loud"), `2dipl_n300_s${seed}.extxyz`);
      const [, energy] = /energy=(\S+)/.exec(readFileSync(out, "utf8"))!;
      expect(lines[k]).toMatch(/, residual \d\.\de-1[2-9] of the typical pair force$/);
      expect(lines[k].startsWith(`${out}: 2dipl, N = 300, seed ${seed}, energy `)).toBe(true);
      const each = Number(/energy (\S+) a particle/.exec(lines[k])![1]);
      expect(each).toBeCloseTo(Number(energy) / 300, 8);
    }
  });

  test("Ctrl-C leaves a checkpoint and says so; --resume goes on to the same glass", async () => {
    const long = [...small, "--anneal-time", "300", "--checkpoint-every", "0.001", "--seed", "5", "-o"];
    expect((await softfield([...long, file("whole.extxyz")])).code).toBe(0);
    const target = file("parts.extxyz");
    const stopped = await softfield([...long, target], `${target}.checkpoint`);
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/stopped; .*parts\.extxyz\.checkpoint hold.*--resume goes on/);
    expect(readdirSync(folder).filter((name) => name.startsWith("parts"))).toEqual([
      "parts.extxyz.checkpoint",
    ]);
    expect((await softfield([...long, target, "--resume"])).code).toBe(0);
    expect(bytes("parts.extxyz")).toBe(bytes("whole.extxyz"));
    expect(existsSync(`${target}.checkpoint`)).toBe(false);
  });

  test("the header says how to make it again", async () => {
    expect((await softfield([...small, "--seed", "9", "-o", file("header.extxyz")])).code).toBe(0);
    const header = bytes("header.extxyz").split("\n")[1];
    for (const part of [
      "model=2dipl",
      "protocol=anneal",
      "liquidTemperature=1 ",
      "liquidTime=4 ",
      "annealTemperature=0.48 ",
      "annealTime=20 ",
      "dt=0.005 ",
      "seed=9 ",
      "softfield=",
    ]) {
      expect(header).toContain(part);
    }
    const again = await runCli("minimize", file("header.extxyz"), "--model", "2dipl", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ status: "converged", evaluations: 2 });
  });
});

describe("softfield make at a pressure", () => {
  test("the box is let go to it, a campaign makes the same glass, and minimize leaves it as it is", async () => {
    const glass = file("pressed.extxyz");
    const made = await softfield([...small, "--seed", "9", "--pressure", "14", "-o", glass, "--json"]);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    const [{ density }] = JSON.parse(made.stdout) as [{ density: number }];
    expect(density).toBeGreaterThan(0.5);
    expect(density).not.toBeCloseTo(0.86, 3);
    expect(bytes("pressed.extxyz").split("\n")[1]).toContain("pressure=14 ");
    const again = await runCli("minimize", glass, "--model", "2dipl", "--pressure", "14", "--json");
    const { pressure, swelling } = JSON.parse(again.stdout) as { pressure: number; swelling: number };
    expect(pressure).toBeCloseTo(14, 9);
    expect(swelling).toBeCloseTo(1, 10);

    const protocol = { liquidTime: 4, annealTime: 20, pressure: 14 };
    const night = campaignFile({}, { particles: 300, seeds: 9, protocol });
    expect((await runCli("run", night.file, "--quiet")).code).toBe(0);
    const glasses = readdirSync(night.folder, { recursive: true, encoding: "utf8" });
    const stored = glasses.find((path) => path.endsWith("glass.extxyz"))!;
    const places = (text: string) => text.split("\n").slice(2);
    expect(places(readFileSync(join(night.folder, stored), "utf8"))).toEqual(places(bytes("pressed.extxyz")));
    const report = await runCli("report", night.file, "-o", file("report"));
    expect(report.code).toBe(0);
    expect(readFileSync(join(file("report"), "report.html"), "utf8")).toContain("at the pressure 14");
  });

  test.each([
    [["--pressure", "some"], 2, /--pressure/],
    [
      ["--protocol", "instantaneous", "--liquid-time", "0", "--pressure", "-3"],
      1,
      /no minimum at the pressure -3/,
    ],
  ])("%j is refused", async (args, code, message) => {
    const run = await softfield([...small, "--seed", "1", ...args, "-o", file("never.extxyz")]);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(code);
    expect(existsSync(file("never.extxyz"))).toBe(false);
  });
});

describe("softfield make --protocol swap", () => {
  const swap = [
    "make",
    "--model",
    "poly2d",
    "-n",
    "200",
    "--protocol",
    "swap",
    "--liquid-time",
    "2",
    "--quiet",
  ];

  test("a liquid that did not forget is kept as aged, and refused as equilibrated", async () => {
    const cold = [...swap, "--temperature", "0.08", "--sweeps", "40", "--seed", "1"];
    const refused = await softfield([...cold, "--equilibrated", "-o", file("refused.extxyz")]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /seed 1: the liquid was not equilibrated, it is aged at T = 0\.08 in 40 sweeps: diameters forgotten not.*raise --sweeps/,
    );
    expect(readdirSync(folder).filter((name) => name.startsWith("refused"))).toEqual([]);
    const kept = await softfield([...cold, "-o", file("aged.extxyz"), "--json"]);
    expect(JSON.parse(kept.stdout)).toMatchObject([{ equilibration: { status: "aged", sweeps: 40 } }]);
    expect(bytes("aged.extxyz").split("\n")[1]).toContain("equilibration=aged");
  });

  test("of dynamics, too: a parent that did not forget", async () => {
    const cold = ["make", "-m", "falk-langer", "-n", "120", "--seed", "1", "--protocol", "esl", "--quiet"];
    const short = [...cold, "--liquid-time", "1", "--anneal-time", "5"];
    const refused = await softfield([...short, "--equilibrated", "-o", file("refused.extxyz")]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /seed 1: the liquid was not equilibrated, it is aged at T = 0\.351 in a time of 5: structure forgotten not; .*raise --anneal-time/,
    );
    expect(readdirSync(folder).filter((name) => name.startsWith("refused"))).toEqual([]);
    const kept = await softfield([...short, "-o", file("young.extxyz"), "--json"]);
    expect(JSON.parse(kept.stdout)).toMatchObject([{ equilibration: { status: "aged", time: 5 } }]);
    expect(bytes("young.extxyz").split("\n")[1]).toContain("equilibration=aged");
  });

  test("one that did is equilibrated", async () => {
    const hot = [...swap, "--temperature", "1", "--sweeps", "4000", "--seed", "1", "--equilibrated"];
    const made = await softfield([...hot, "-o", file("forgotten.extxyz"), "--json"]);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(JSON.parse(made.stdout)).toMatchObject([{ equilibration: { status: "equilibrated" } }]);
  });

  test.each([
    [["--model", "2dipl", "--protocol", "swap"], /2dipl.*diameters/],
    [
      ["--model", "poly2d", "--protocol", "anneal", "--equilibrated"],
      /--equilibrated belongs to the protocols swap, htl, esl, gq, but the protocol is anneal/,
    ],
    [["--model", "poly2d", "--protocol", "swap", "--swap-share", "1.5"], /swapShare must be between 0 and 1/],
    [["--model", "poly2d", "--protocol", "swap", "--sweeps=-1"], /sweeps must be positive/],
  ])("%j is refused", async (args, message) => {
    const run = await softfield(["make", "-n", "200", "--seed", "1", ...args, "-o", file("never.extxyz")]);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBeGreaterThan(0);
    expect(existsSync(file("never.extxyz"))).toBe(false);
  });
});

describe("bad input is refused in words, before any work", () => {
  const out = ["-o", file("never.extxyz")];
  test.each([
    [["-n", "300", "--seed", "1.5"], 2, /seeds: "1.5" is neither a whole number/],
    [["-n", "300", "--seed", "-1"], 2, /neither a whole number/],
    [["-n", "300", "--seed", "1..4"], 2, /--seed takes one seed/],
    [
      ["-n", "300", "--seed", "1", "--liquid-temperature=-1"],
      2,
      /liquidTemperature must be positive, got -1/,
    ],
    [["-n", "300", "--seed", "1", "--dt", "zero"], 2, /--dt zero: give a number/],
    [["-n", "300"], 2, /give either --seed .* or --seeds/],
    [["-n", "3", "--seed", "1"], 1, /box is 1\.868 wide, less than the cutoff/],
    [["-n", "30.5", "--seed", "1"], 2, /number of particles must be a whole number/],
    [["-n", "300", "--seed", "1", "--dt", "0.2"], 1, /blew up at step \d+.*0\.2 is too large; try 0\.1/],
    [["-n", "300", "--seed", "1", "-j", "0"], 2, /--threads must be a whole number/],
  ])("%j", async (args, code, message) => {
    const run = await softfield(["make", "--model", "2dipl", "--quiet", ...args, ...out]);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(code);
    expect(readdirSync(folder).filter((name) => name.startsWith("never"))).toEqual([]);
  });

  test("an unknown model", async () => {
    const run = await runCli("make", "--model", "4dipl", "-n", "300", "--seed", "1", ...out);
    expect([run.code, run.stderr]).toEqual([
      1,
      expect.stringMatching(/no model "4dipl": .*2dipl, 3dipl, 3dkablj.* nor a file\. Did you mean 2dipl\? /),
    ]);
  });

  test("an output that exists, unless forced", async () => {
    writeFileSync(file("taken.extxyz"), "mine");
    const run = await runCli(...small, "--seed", "1", "-o", file("taken.extxyz"));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/taken\.extxyz: is there already; --force overwrites it/);
    expect(bytes("taken.extxyz")).toBe("mine");
    expect((await softfield([...small, "--seed", "1", "-o", file("taken.extxyz"), "--force"])).code).toBe(0);
    expect(bytes("taken.extxyz")).toMatch(/^300\n/);
  });

  test("a corrupt checkpoint", async () => {
    writeFileSync(file("bent.extxyz.checkpoint"), "no checkpoint");
    const run = await softfield([...small, "--seed", "1", "-o", file("bent.extxyz"), "--resume"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/checkpoint cannot be used/);
  });

  test("a full disk", needs("linux"), async () => {
    const run = await softfield([...small, "--seed", "1", "--force", "-o", "/dev/full"]);
    expect(run.code).toBe(2);
    const link = file("full.extxyz");
    const { symlinkSync } = await import("node:fs");
    symlinkSync("/dev/full", link);
    const full = await softfield([...small, "--seed", "1", "--force", "-o", link]);
    expect(full.code).toBe(1);
    expect(full.stderr).toMatch(/full\.extxyz.*(no space|disk is full)/i);
  });
});

describe("softfield minimize", () => {
  test("a shaken glass goes back; --stop-at-saddle reports", async () => {
    const run = await runCli(
      "minimize",
      "examples/reference/2dipl_400.extxyz",
      "--model",
      "2dipl",
      "-o",
      file("least.extxyz"),
    );
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/converged, N = 400\n.*energy per particle {3}3\.\d+/);
    expect(run.stdout).toMatch(/^ {2}wrote +.*least\.extxyz$/m);
    expect(bytes("least.extxyz")).toMatch(/residual=/);
  });

  test("out of evaluations: exit 1 and in words", async () => {
    const liquid = file("liquid.extxyz");
    const rows = bytes("least.extxyz")
      .split("\n")
      .map((row, k) => {
        if (k < 2 || row === "") return row;
        const [name, type, x, y, z] = row.split(" ");
        return [name, type, Number(x) + 0.2 * Math.sin(k), y, z].join(" ");
      });
    writeFileSync(liquid, rows.join("\n"));
    const run = await runCli("minimize", liquid, "--model", "2dipl", "--max-evaluations", "5");
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/liquid\.extxyz: the minimisation stalled at a residual of/);
  });
});
