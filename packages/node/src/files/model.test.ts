import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { artificialMetal, setflText } from "../../../core/test/eam.ts";
import { loadModel } from "./model.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-potentials-"));
  vi.stubEnv("SOFTFIELD_POTENTIALS", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Not copper and zirconium, but a file of theirs by its names. */
const text = () => setflText({ ...artificialMetal("fs"), elements: ["Cu", "Zr"] });

test("cuzr reads the user's file in a folder of SOFTFIELD_POTENTIALS", () => {
  writeFileSync(join(folder, "Cu-Zr_2.eam.fs"), text());
  const model = loadModel("cuzr");
  expect(model).toMatchObject({ name: "cuzr", dimension: 3, species: ["Cu", "Zr"], units: "Å, eV, u" });
  expect(model.embedding?.cutoff).toBe(artificialMetal().cutoff);
});

test("cuzr without its file says where it is got and where it is looked for", () => {
  expect(() => loadModel("cuzr")).toThrow(
    /no potential found in .*Mendelev.*ctcms.*Cu-Zr_2\.eam\.fs.*SOFTFIELD_POTENTIALS/,
  );
});

test("a file of other elements is refused by name", () => {
  writeFileSync(join(folder, "Cu-Zr_2.eam.fs"), setflText(artificialMetal("fs")));
  expect(() => loadModel("cuzr")).toThrow(/"Cu" is no element of the potential, which has A, B/);
});
