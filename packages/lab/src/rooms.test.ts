import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL(".", import.meta.url));

/** What each room may import of the others. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  state: ["engine"],
  scene: ["state", "engine"],
  plots: [],
  files: ["state", "engine"],
  panels: ["plots", "files", "scene", "state", "engine"],
  app: ["panels", "plots", "files", "scene", "state", "engine"],
};

test("rooms of the page import from below only", () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const room = relative(root, path).split("/")[0];
    if (!entry.isFile() || !/(?<!\.test)\.tsx?$/.test(entry.name) || !(room in MAY)) continue;
    for (const [, target] of readFileSync(path, "utf8").matchAll(/from "(\.[^"]+)"/g)) {
      const other = relative(root, join(dirname(path), target)).split("/")[0];
      seen++;
      if (other !== room && other in MAY && !MAY[room].includes(other))
        wrong.push(`${relative(root, path)} → ${other}`);
    }
  }
  expect(seen).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
