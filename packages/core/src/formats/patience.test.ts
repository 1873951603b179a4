import { expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { readSnapshot } from "./index.ts";

/** Texts that would keep a careless pattern busy for minutes: each is refused at once. */
const TEXTS: Readonly<Record<string, string>> = {
  comments: `${"<!-- a --> ".repeat(6000)}x`,
  "open comments": "<!--".repeat(16_000),
  "comments of XML": `<?xml ${"<!-- -->".repeat(8000)}`,
  spaces: `${" ".repeat(65_000)}x`,
  "line breaks": `${"\n".repeat(65_000)}1 atoms x`,
  counts: `\n${"1 atoms ".repeat(8000)}`,
  digits: "1".repeat(64_000),
  "lines of comments": `${"# a\n".repeat(16_000)}x`,
  "open elements": `<hoomd_xml><configuration>${"<position>".repeat(20_000)}</configuration></hoomd_xml>`,
  "comments within": `<hoomd_xml><configuration>${"<!--".repeat(200_000)}</configuration></hoomd_xml>`,
  "many ends": `<hoomd_xml>${"</configuration> ".repeat(100_000)}`,
  attributes: `<hoomd_xml><box ${"lx ".repeat(100_000)}</configuration></hoomd_xml>`,
  cells: `1\n${"cell:".repeat(100_000)}\n`,
  numbers: `1\n${"1.5 ".repeat(100_000)}\nA 1 2 3\n`,
  equals: `1\n${"=".repeat(100_000)}\nA 1 2 3\n`,
  quotes: `1\nLattice=${'"\\'.repeat(50_000)}\nA 1 2 3\n`,
  brackets: `1\nLattice=${"[".repeat(100_000)}\nA 1 2 3\n`,
  items: "ITEM: ".repeat(100_000),
  keywords: `own\n\n2 atoms\n${"0 9 xlo xhi ".repeat(20_000)}\n`,
  masses: `own\n\n2 atoms\n\nMasses\n\n${"# ".repeat(100_000)}\n1 1 ${"# S ".repeat(100_000)}\n`,
  entries: `Number of particles = 1\n${"auxiliary[0] = ".repeat(30_000)}\n`,
};

test.each(Object.entries(TEXTS))("%s do not keep the reader busy", (_, text) => {
  const start = performance.now();
  expect(() => readSnapshot(text)).toThrow(SoftfieldError);
  expect(performance.now() - start).toBeLessThan(5000);
});
