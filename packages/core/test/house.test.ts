import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const core = join(root, "packages/core/src");

/** Who may import whom: the last column of the house's table. `types` = by `import type` only. */
const MAY_IMPORT: Record<string, { values: readonly string[]; types: readonly string[] }> = {
  kernels: { values: [], types: [] },
  sparse: { values: ["kernels"], types: [] },
  space: { values: ["kernels"], types: [] },
  statistics: { values: [], types: [] },
  models: { values: [], types: [] },
  interactions: { values: ["kernels", "sparse", "space", "models"], types: [] },
  minimum: { values: ["kernels", "sparse", "space", "models", "interactions"], types: [] },
  dynamics: { values: ["kernels", "sparse", "space", "models", "interactions", "minimum"], types: [] },
  deform: {
    values: ["kernels", "sparse", "space", "models", "interactions", "minimum", "dynamics"],
    types: [],
  },
  response: { values: ["kernels", "sparse", "space", "models", "interactions", "minimum"], types: [] },
  excitations: {
    values: ["sparse", "space", "models", "interactions", "minimum", "dynamics", "deform", "response"],
    types: [],
  },
  indicators: {
    values: ["sparse", "space", "models", "interactions", "minimum", "response", "excitations"],
    types: [],
  },
  fields: { values: ["sparse", "space", "indicators"], types: [] },
  engine: { values: ["space", "sparse", "response"], types: [] },
  formats: {
    values: ["space"],
    types: ["sparse", "models", "interactions", "dynamics", "response", "fields"],
  },
  scripts: { values: ["models", "formats"], types: [] },
  pipeline: {
    values: [
      "kernels",
      "sparse",
      "space",
      "statistics",
      "models",
      "interactions",
      "minimum",
      "dynamics",
      "deform",
      "response",
      "excitations",
      "indicators",
      "fields",
      "formats",
    ],
    types: [],
  },
};

/** The packages, and which of them each may import. `figures` imports types of softfield only. */
const PACKAGES: Record<string, readonly string[]> = {
  core: [],
  figures: ["softfield"],
  node: ["softfield", "@softfield/figures"],
  campaign: ["softfield", "@softfield/figures", "@softfield/node"],
  reproduction: ["softfield", "@softfield/figures", "@softfield/node", "@softfield/campaign"],
  benchmark: ["softfield", "@softfield/figures", "@softfield/node", "@softfield/campaign"],
  cli: [
    "softfield",
    "@softfield/figures",
    "@softfield/node",
    "@softfield/campaign",
    "@softfield/reproduction",
    "@softfield/benchmark",
  ],
  lab: ["softfield", "@softfield/figures"],
};

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const pattern =
    /^(?:import|export)\s+(type\s+)?([^;"']*?)\s*from\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;
  return Array.from(text.matchAll(pattern), ([, type, clause, target, dynamic]) => {
    const names = /\{([^}]*)\}/
      .exec(clause ?? "")?.[1]
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    const allTypes =
      names !== undefined && names.length > 0 && names.every((name) => name.startsWith("type "));
    return { from: file, target: (target ?? dynamic) as string, typeOnly: type !== undefined || allTypes };
  });
}

/** The file that a relative import names. */
function fileOf({ from, target }: Import): string[] {
  return target.startsWith(".") ? [resolve(dirname(from), target)] : [];
}

/** The files of one circle of imports, or none. */
function circle(targets: ReadonlyMap<string, readonly string[]>): string[] {
  const settled = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    const before = path.indexOf(file);
    if (before >= 0) return [...path.slice(before), file].map((one) => relative(root, one));
    if (settled.has(file)) return [];
    for (const next of targets.get(file) ?? []) {
      const found = visit(next, [...path, file]);
      if (found.length > 0) return found;
    }
    settled.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe("the house", () => {
  const files = sources(core);

  test("has the rooms of its plan, as the table of CONTRIBUTING.md numbers them", () => {
    const rows = readFileSync(join(root, "CONTRIBUTING.md"), "utf8").matchAll(/^\| (\d+) \| ([\w/]+) \|/gm);
    const numbers = new Map(Array.from(rows, ([, number, room]) => [room, number]));
    expect(
      readdirSync(core)
        .filter((name) => statSync(join(core, name)).isDirectory() && name !== "entries")
        .sort(),
    ).toEqual(Object.keys(MAY_IMPORT).sort());
    for (const room of Object.keys(MAY_IMPORT)) {
      const text = readFileSync(join(core, room, "index.ts"), "utf8");
      expect(text.slice(0, 200)).toMatch(new RegExp(`^/\\*\\* Room ${numbers.get(room)}, ${room}: `));
    }
    for (const name of readdirSync(join(root, "packages")))
      if (name !== "core") expect(numbers.has(`packages/${name}`)).toBe(true);
  });

  test("rooms import only what their charter allows, by index.ts only", () => {
    const offences: string[] = [];
    for (const found of files.flatMap(importsOf)) {
      if (!found.target.startsWith(".")) continue;
      const room = relative(core, found.from).split("/")[0] as string;
      const target = relative(core, resolve(dirname(found.from), found.target)).split("/");
      const rules = MAY_IMPORT[room];
      if (rules === undefined || target[0] === room || target.length === 1) continue;
      const allowed =
        rules.values.includes(target[0] as string) ||
        (found.typeOnly && rules.types.includes(target[0] as string));
      const byIndex = target.length === 2 && target[1] === "index.ts";
      if (!allowed || !byIndex) offences.push(`${relative(root, found.from)} → ${target.join("/")}`);
    }
    expect(offences).toEqual([]);
  });

  test("core needs no Node, no DOM, and only its declared packages", () => {
    const manifest = JSON.parse(readFileSync(join(core, "../package.json"), "utf8")) as {
      dependencies: object;
    };
    const declared = Object.keys(manifest.dependencies);
    const foreign = files
      .flatMap(importsOf)
      .filter(({ target }) => !target.startsWith("."))
      .filter(({ target }) => !declared.some((name) => target === name || target.startsWith(`${name}/`)))
      .map(({ from, target }) => `${relative(root, from)} → ${target}`);
    expect(foreign).toEqual([]);
  });

  test("core computes with what every engine rounds alike: no transcendental function of Math, no ** but of 2", () => {
    const approximated =
      /\bMath\.(?:a?(?:sin|cos|tan)h?|atan2|pow|exp|expm1|log|log10|log1p|log2|cbrt|hypot)\b|(?<!\b2 )\*\*/g;
    const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
    const offences = files.flatMap((file) =>
      Array.from(
        readFileSync(file, "utf8").replaceAll(comments, "").matchAll(approximated),
        ([found]) => `${relative(root, file)}: ${found}`,
      ),
    );
    expect(offences).toEqual([]);
  });

  test("no files import each other in a circle, not even types", () => {
    for (const name of Object.keys(PACKAGES)) {
      const all = sources(join(root, "packages", name, "src"));
      const targets = new Map(all.map((file) => [file, importsOf(file).flatMap((found) => fileOf(found))]));
      expect(circle(targets)).toEqual([]);
    }
  });

  test("packages import only what their charter allows, by name; figures simulate nothing", () => {
    const offences = Object.entries(PACKAGES).flatMap(([name, allowed]) => {
      const folder = join(root, "packages", name, "src");
      return sources(folder)
        .flatMap(importsOf)
        .filter(({ from, target, typeOnly }) => {
          if (target.startsWith(".")) {
            const [top, other] = relative(root, resolve(dirname(from), target)).split("/");
            return top === "packages" && other !== name;
          }
          if (!/^(?:softfield|@softfield\/[^/]+)(?:\/|$)/.test(target)) return false;
          if (name === "figures" && target === "softfield") return !typeOnly;
          return !allowed.some((one) => target === one || target.startsWith(`${one}/`));
        })
        .map(({ from, target }) => `${relative(root, from)} → ${target}`);
    });
    expect(offences).toEqual([]);
  });
});
