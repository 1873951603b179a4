import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as formats from "../src/entries/formats.ts";
import * as sparse from "../src/entries/sparse.ts";
import * as softfield from "../src/index.ts";

const src = fileURLToPath(new URL("../src/", import.meta.url));
const root = fileURLToPath(new URL("../../../", import.meta.url));
const ENTRIES = { softfield, "softfield/formats": formats, "softfield/sparse": sparse };

const ENTRY_FILES: Readonly<Record<string, string>> = {
  softfield: "index.ts",
  "softfield/formats": "entries/formats.ts",
  "softfield/sparse": "entries/sparse.ts",
};

/** Workspaces that the package gives a path of their own (scripts/package.mjs). */
const OTHERS: Readonly<Record<string, string>> = {
  "softfield/campaign": "../../campaign/src/index.ts",
  "softfield/figures": "../../figures/src/index.ts",
};

/** The names of a list in braces. */
function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.replace(/^\s*type\s|\s/g, ""))
    .filter(Boolean);
}

/** Values and types that an entry exports. */
function exportedBy(file: string): string[] {
  const lists = readFileSync(src + file, "utf8").matchAll(/export (?:type )?\{([^}]*)\}/g);
  return Array.from(lists).flatMap(([, list]) => namesIn(list));
}

/** The export list is a promise: a change of this snapshot is a change of the public interface, to be reviewed. */
test("what the library exports", async () => {
  const lists = Object.entries(ENTRIES).map(
    ([name, entry]) =>
      `${name}\n${Object.keys(entry)
        .sort()
        .map((one) => `  ${one}\n`)
        .join("")}`,
  );
  await expect(lists.join("\n")).toMatchFileSnapshot("public-api.txt");
});

test("every public name, type or value, has a docstring where it is declared", () => {
  const text = readdirSync(src, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(src + file, "utf8"))
    .join("\n");
  const names = Object.values(ENTRY_FILES).flatMap(exportedBy);
  expect(names.length).toBeGreaterThan(200);
  const declared = (name: string) =>
    new RegExp(`\\*/\\nexport (?:abstract |async )?(?:function\\*?|const|class|interface|type) ${name}\\b`);
  expect(names.filter((name) => !declared(name).test(text))).toEqual([]);
});

test("what the docs import is promised", () => {
  const pages = [
    "README.md",
    ...readdirSync(`${root}docs`)
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  ];
  const missing = pages.flatMap((page) => {
    const text = readFileSync(root + page, "utf8");
    return Array.from(text.matchAll(/import (?:type )?\{([^}]*)\} from "(softfield[^"]*)"/g)).flatMap(
      ([, list, entry]) => {
        const known = exportedBy(ENTRY_FILES[entry] ?? OTHERS[entry]);
        return namesIn(list)
          .filter((name) => !known.includes(name))
          .map((name) => `${page}: ${name} of ${entry}`);
      },
    );
  });
  expect(missing).toEqual([]);
});
