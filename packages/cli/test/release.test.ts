import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// What a release is checked for, but for the registry: versions, the tarball's files, the command and the README's
// example, types and all, from the unpacked package.
test("the package is ready to be released", () => {
  const script = fileURLToPath(new URL("../../../scripts/release.mjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--offline"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toMatch(/is ready.*\.tgz\n\d+ files/);
});
