import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as formats from "../src/entries/formats.ts";
import * as sparse from "../src/entries/sparse.ts";
import * as softfield from "../src/index.ts";

const src = fileURLToPath(new URL("../src/", import.meta.url));
const ENTRIES = { softfield, "softfield/formats": formats, "softfield/sparse": sparse };

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
  const names = ["index.ts", "entries/formats.ts", "entries/sparse.ts"].flatMap((file) =>
    Array.from(readFileSync(src + file, "utf8").matchAll(/export (?:type )?\{([^}]*)\}/g)).flatMap(
      ([, list]) =>
        list
          .split(",")
          .map((name) => name.replace(/^\s*type\s|\s/g, ""))
          .filter(Boolean),
    ),
  );
  expect(names.length).toBeGreaterThan(200);
  const declared = (name: string) =>
    new RegExp(`\\*/\\nexport (?:abstract |async )?(?:function\\*?|const|class|interface|type) ${name}\\b`);
  expect(names.filter((name) => !declared(name).test(text))).toEqual([]);
});
