import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";

const python = fileURLToPath(new URL("../../../python", import.meta.url));
const source = fileURLToPath(new URL("./source-cli.ts", import.meta.url));
const small = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
/** The package's process runs the sources, as all tests do. */
const env = {
  ...process.env,
  SOFTFIELD: `${process.execPath} --conditions=softfield-source ${source}`,
  PYTHONDONTWRITEBYTECODE: "1",
};

describe("the Python package, by its own tests", () => {
  const modules = readdirSync(join(python, "tests")).filter((name) => /^test_.*\.py$/.test(name));
  // a module starts the command some ten times
  test.each(modules)("%s", { ...needs("python"), timeout: 400_000 }, (name) => {
    const module = `tests.${name.slice(0, -".py".length)}`;
    const words = ["-W", "error::ResourceWarning", "-m", "unittest", module];
    const { status, stderr } = spawnSync(tool("python"), words, { cwd: python, env, encoding: "utf8" });
    expect(stderr).toMatch(/\nOK( \(.*\))?\n$/);
    expect(status).toBe(0);
  });
});

describe("installed", () => {
  const folder = mkdtempSync(join(tmpdir(), "softfield-python-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("by pip, without a network, it is the package and runs from anywhere", needs("pip"), () => {
    const copy = join(folder, "python");
    cpSync(python, copy, { recursive: true });
    const target = join(folder, "site");
    const pip = "-m pip install --quiet --no-index --no-deps --no-build-isolation --target".split(" ");
    const installed = spawnSync(tool("pip"), [...pip, target, copy], { env, encoding: "utf8" });
    expect(installed.stderr.replace(/^WARNING.*\n/gm, "")).toBe("");
    expect(installed.status).toBe(0);
    expect(readdirSync(join(target, "softfield")).filter((name) => name.endsWith("py.typed"))).toEqual([
      "py.typed",
    ]);
    const code = `import softfield; print(softfield.__file__, len(softfield.lte(${JSON.stringify(small)}, "2dipl").bonds))`;
    const run = spawnSync(tool("pip"), ["-c", code], {
      cwd: folder,
      env: { ...env, PYTHONPATH: target },
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.stdout).toBe(`${join(target, "softfield", "__init__.py")} 1291\n`);
  });
});
