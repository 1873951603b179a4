import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { localThermalEnergy, minimumOf, sharedAmongParticles } from "softfield";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { needs, tool } from "../../../../testing/needs.ts";
import { loadConfiguration } from "../../src/shell/load.ts";
import { runCli } from "../run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-engine-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
/** Where engines have their folders, and those that are there. */
const temporary = at("temporary");
mkdirSync(temporary);
vi.stubEnv("TMPDIR", temporary);
const left = () => readdirSync(temporary);

/** Columns of a tab-separated file. */
function columnsOf(path: string): Map<string, Float64Array> {
  const [names, ...rows] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  return new Map(names.map((name, k) => [name, Float64Array.from(rows, (row) => Number(row[k]))]));
}

describe("with a running LAMMPS", needs("lmp"), () => {
  const SW = `units metal
atom_style atomic
read_data silicon.data
pair_style sw
pair_coeff * * Si.sw Si
`;
  beforeAll(() => {
    // Stillinger & Weber 1985, as the potential's file has it
    writeFileSync(
      at("Si.sw"),
      "Si Si Si 2.1683 2.0951 1.80 21.0 1.20 -0.333333333333 7.049556277 0.6022245584 4.0 0.0 0.0\n",
    );
    writeFileSync(
      at("make.in"),
      `units metal
lattice diamond 5.431
region b block 0 2 0 2 0 2
create_box 1 b
create_atoms 1 box
mass 1 28.0855
pair_style sw
pair_coeff * * Si.sw Si
velocity all create 8000 12345 mom yes
fix 1 all nve
run 400
minimize 0 1e-10 20000 200000
write_data silicon.data
`,
    );
    execFileSync(tool("lmp"), ["-in", "make.in", "-log", "none", "-screen", "none"], { cwd: folder });
    writeFileSync(at("sw.in"), SW);
  });

  test("Stillinger–Weber silicon: energies of atoms as softfield's own, all modes one by one", async () => {
    const { code, stdout } = await runCli(
      ...[
        "lte",
        "--engine",
        "lammps",
        "-m",
        at("sw.in"),
        "--soft-modes",
        "all",
        "-o",
        at("all.tsv"),
        "--json",
      ],
    );
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    const { system, model } = await loadConfiguration(undefined, { model: at("sw.in") });
    const { energies } = localThermalEnergy(minimumOf(system, model));
    const { share } = sharedAmongParticles(energies, 64);
    const lte = columnsOf(at("all.tsv")).get("lte") as Float64Array;
    const largest = share.reduce((most, e) => Math.max(most, Math.abs(e)), 0);
    expect(largest).toBeGreaterThan(5);
    lte.forEach((e, p) => {
      expect(Math.abs(e - share[p])).toBeLessThan(3e-5 * largest);
    });
    expect(summary.sum).toBeCloseTo(189, 3);
    expect(summary.calls.all).toBeLessThan(6 * 64 + 2 * 189 + 60);
    expect(left()).toEqual([]);
  }, 120_000);

  test("samples agree within their errors, and FILE takes the place of what the script reads", async () => {
    const exact = columnsOf(at("all.tsv")).get("lte") as Float64Array;
    const args = [
      "--engine",
      "lammps",
      "-m",
      at("sw.in"),
      "--soft-modes",
      "20",
      "--samples",
      "60",
      "--seed",
      "2",
    ];
    const { code } = await runCli(
      "lte",
      at("silicon.data"),
      ...args,
      "-o",
      at("some.tsv"),
      "-o",
      at("some.extxyz"),
    );
    expect(code).toBe(0);
    const some = columnsOf(at("some.tsv"));
    const [lte, errors] = ["lte", "lte_error"].map((name) => some.get(name) as Float64Array);
    const chi2 = lte.reduce((sum, e, p) => sum + ((e - exact[p]) / errors[p]) ** 2, 0) / lte.length;
    expect(chi2).toBeGreaterThan(0.3);
    expect(chi2).toBeLessThan(3);
    expect(readFileSync(at("some.extxyz"), "utf8")).toMatch(/species:S:1.*lte:R:1:lte_error:R:1/);
  }, 120_000);

  test("modes and Hessian are softfield's own", async () => {
    const first = async (...args: string[]) =>
      JSON.parse((await runCli("modes", "-m", at("sw.in"), "-n", "3", "--json", ...args)).stdout);
    const [engine, own] = [await first("--engine", "lammps"), await first()];
    engine.frequencies.forEach((omega: number, k: number) => {
      expect(omega / own.frequencies[k]).toBeCloseTo(1, 6);
    });
    expect(engine.masses).toMatch(/28.0855/);
    const { code } = await runCli("hessian", "--engine", "lammps", "-m", at("sw.in"), "-o", at("M.mtx"));
    expect(code).toBe(0);
    expect(readFileSync(at("M.mtx"), "utf8")).toMatch(/^%%MatrixMarket matrix coordinate real symmetric/);
  }, 120_000);

  test("a script that reads nothing is given FILE; what LAMMPS refuses is said in its words", async () => {
    writeFileSync(at("none.in"), SW.replace("read_data silicon.data\n", ""));
    const args = ["--engine", "lammps", "--soft-modes", "5", "--samples", "4", "--json"];
    const { code, stdout } = await runCli("lte", at("silicon.data"), "-m", at("none.in"), ...args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).particles).toBe(64);
    const without = await runCli("lte", "-m", at("none.in"), ...args);
    expect(without.code).toBe(2);
    expect(without.stderr).toMatch(/none.in makes no box .*give a configuration as FILE/);
    writeFileSync(at("bad.in"), SW.replace("pair_style sw", "pair_style swift"));
    const bad = await runCli("lte", "-m", at("bad.in"), ...args);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toMatch(/lmp: ERROR: .*pair style.*swift.*last command: pair_style swift/i);
    expect(left()).toEqual([]);
  }, 120_000);
});

describe("a program that fails", () => {
  const stand = fileURLToPath(new URL("./false-lmp.mjs", import.meta.url));
  const script = at("false.in");
  const run = async (way: string, ...args: string[]) => {
    writeFileSync(script, "read_data x\npair_coeff * * A\n");
    vi.stubEnv("SOFTFIELD_LAMMPS", `${process.execPath} ${stand} ${way}`);
    const words = ["lte", "--engine", "lammps", "-m", script, "-o", at("out.tsv"), ...args];
    const found = await runCli(...words);
    expect(left()).toEqual([]);
    expect(readdirSync(folder)).not.toContain("out.tsv");
    return found;
  };
  afterEach(() => vi.stubEnv("SOFTFIELD_LAMMPS", undefined));

  test.each([
    ["dies", /was ended by SIGKILL/],
    ["error", /ERROR: Out of range atoms - cannot compute .*last command: run 0 post no/],
    ["lost", /1 of 2 atoms left/],
    ["nan", /an energy that is no number/],
    ["still", /no minimum|do not settle/],
  ])("that %s", async (way, words) => {
    const { code, stderr } = await run(way);
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
  });

  test("that hangs, after as long as one waits", async () => {
    const { code, stderr } = await run("hangs", "--patience", "0.5");
    expect(code).toBe(1);
    expect(stderr).toMatch(/said nothing for 0.5 s and was ended/);
  });

  test("that is not there", async () => {
    writeFileSync(script, "read_data x\n");
    vi.stubEnv("SOFTFIELD_LAMMPS", "lmp-of-nobody");
    const { code, stderr } = await runCli("lte", "--engine", "lammps", "-m", script);
    expect(code).toBe(1);
    expect(stderr).toMatch(/lmp-of-nobody was not found: install LAMMPS/);
    expect(left()).toEqual([]);
  });

  test("SIGINT ends both, and nothing is left", async () => {
    writeFileSync(script, "read_data x\n");
    const source = fileURLToPath(new URL("../source-cli.ts", import.meta.url));
    const words = [
      "--conditions=softfield-source",
      source,
      "lte",
      "--engine",
      "lammps",
      "-m",
      script,
      "-o",
      at("out.tsv"),
    ];
    const env = { ...process.env, SOFTFIELD_LAMMPS: `${process.execPath} ${stand} hangs` };
    const child = spawn(process.execPath, words, { env });
    await vi.waitUntil(() => left().length > 0, { timeout: 60_000 });
    const ended = new Promise((resolve) => child.on("close", (code) => resolve(code)));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(left()).toEqual([]);
    expect(readdirSync(folder)).not.toContain("out.tsv");
  }, 90_000);
});

describe("options", () => {
  test.each([
    [["--engine", "nope"], /there is no engine|no such engine; there are lammps/],
    [["--range", "3"], /--range is of --engine/],
    [["--engine", "lammps", "--windows", "3"], /--engine and --windows exclude each other/],
    [["--engine", "lammps", "--soft-modes", "many"], /soft-modes/],
  ])("%j", async (args, words) => {
    const glass = fileURLToPath(new URL("../../../../examples/reference/2dipl_400.extxyz", import.meta.url));
    const { code, stderr } = await runCli("lte", glass, "-m", "2dipl", ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});

test("an engine is a plug-in, too", async () => {
  // particles at the corners of a lattice, held to their neighbours along x and y by springs: φ = ½(r − 1)²
  writeFileSync(
    at("springs.mjs"),
    `export default () => ({
      engines: [{
        name: "springs",
        description: "springs of a stiffness",
        open: ({ model, snapshot }) => ({
          snapshot,
          warnings: [],
          engine: { name: "springs " + model, forces: (x, box) => {
            const n = x.length / 2, [w, , , h] = box.vectors, k = Number(model);
            const forces = new Float64Array(2 * n), energies = new Float64Array(n);
            let energy = 0;
            for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) {
              let dx = x[2 * j] - x[2 * i], dy = x[2 * j + 1] - x[2 * i + 1];
              dx -= w * Math.round(dx / w); dy -= h * Math.round(dy / h);
              const r = Math.sqrt(dx * dx + dy * dy), rest = Math.round(2 * r * r) === 2 ? 1 : Math.SQRT2;
              if (r > 1.6) continue;
              const e = 0.5 * k * (r - rest) ** 2, f = k * (r - rest) / r;
              energy += e; energies[i] += e / 2; energies[j] += e / 2;
              forces[2 * i] += f * dx; forces[2 * i + 1] += f * dy;
              forces[2 * j] -= f * dx; forces[2 * j + 1] -= f * dy;
            }
            return { energy, forces, energies };
          } },
        }),
      }],
    });
`,
  );
  const rows = Array.from({ length: 25 }, (_, p) => `A ${p % 5} ${Math.floor(p / 5)} 0`);
  writeFileSync(
    at("lattice.extxyz"),
    ["25", 'Lattice="5 0 0 0 5 0 0 0 1" Properties=species:S:1:pos:R:3 pbc="T T F"', ...rows, ""].join("\n"),
  );
  const args = [
    "--engine",
    "springs",
    "--plugin",
    at("springs.mjs"),
    "-m",
    "3",
    "-o",
    at("springs.tsv"),
    "--soft-modes",
    "all",
    "--second-step",
    "0.002",
    "--json",
  ];
  const { code, stdout, stderr } = await runCli("lte", at("lattice.extxyz"), ...args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ model: "springs 3", hessian: { secondStep: 0.002 } });
  // all sites are alike: each holds its share of Nd − d
  for (const e of columnsOf(at("springs.tsv")).get("lte") as Float64Array) expect(e).toBeCloseTo(48 / 25, 5);
});
