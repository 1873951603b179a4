import { expect, test } from "vitest";
import { countFrames, readSnapshot } from "./index.ts";

const ROWS = [
  [1, 1, "S", 1.25, 2.5, 0.125, 0.5, 0, -0.25],
  [3, 2, "L", -0.25, 0.75, 3.25, 1, 0.125, 0],
  [2, 1, "S", 5.5, 4.25, 1.75, 0, 0, 0.5],
];
const COLUMNS = ["id", "type", "element", "x", "y", "z", "vx", "vy", "c_e[1]"];

interface Change {
  readonly step?: number;
  readonly tilts?: readonly number[];
  readonly head?: string;
  readonly rows?: readonly string[];
}

/** A frame as LAMMPS's src/EXTRA-DUMP/dump_yaml.cpp writes it. */
function yaml({ step = 20, tilts = [1.25, -0.5, 0.75], head = "", rows }: Change = {}): string {
  const leaning = tilts.length === 0 ? "" : `  - [ ${tilts.join(", ")} ]\n`;
  const data = rows ?? ROWS.map((row) => `  - [ ${row.join(", ")}, ]`);
  return (
    `---\ncreator: LAMMPS\ntimestep: ${step}\n${head}natoms: 3\nboundary: [ p, p, p, p, p, p, ]\n` +
    `box:\n  - [ -0.5, 10.25 ]\n  - [ 0, 8.75 ]\n  - [ 0, 7 ]\n${leaning}` +
    `keywords: [ ${COLUMNS.map((name) => `${name}, `).join("")} ]\ndata:\n${data.join("\n")}\n...\n`
  );
}

const dump = `ITEM: TIMESTEP\n20\nITEM: NUMBER OF ATOMS\n3\nITEM: BOX BOUNDS xy xz yz pp pp pp\n-0.5 10.25 1.25\n0 8.75 -0.5\n0 7 0.75\nITEM: ATOMS ${COLUMNS.join(" ")}\n${ROWS.map((row) => row.join(" ")).join("\n")}\n`;

test("a dump of style yaml is the text dump of the same frame", () => {
  const { format, info, firstLine, ...read } = readSnapshot(yaml());
  const { format: _, info: none, firstLine: first, ...wanted } = readSnapshot(dump);
  expect(read).toEqual(wanted);
  expect([format, info, none, firstLine, first]).toEqual(["lammps-yaml", new Map(), new Map(), 13, 10]);
});

test("frames, logs of a run beside them, units and time, a box that does not lean", async () => {
  const log = "units: metal\ntime: 0.25\n";
  const thermo = "thermo:\n  - keywords: [ Step, Temp, ]\n  - data: [ 20, nan, ]\n";
  const text = yaml({ head: log, tilts: [] }).replace("box:", `${thermo}box:`) + yaml({ step: 30 });
  const [first, second] = [0, 1].map((frame) => readSnapshot(text, { frame }));
  expect([first.timestep, first.hasMoreFrames, second.timestep, second.hasMoreFrames]).toEqual([
    20,
    true,
    30,
    false,
  ]);
  expect([...first.info]).toEqual([
    ["units", "metal"],
    ["time", "0.25"],
  ]);
  expect([...first.box.vectors]).toEqual([10.75, 0, 0, 0, 8.75, 0, 0, 0, 7]);
  expect(await countFrames([new TextEncoder().encode(text)])).toBe(2);
  expect(() => readSnapshot(text, { frame: 2 })).toThrow("has no frame 2: it holds 2 (0 to 1)");
});

const row = "  - [ 1, 1, S, 1.25, 2.5, 0.125, 0.5, 0, 0, ]";
test.each([
  ["a row too few", yaml({ rows: [row, row] }), "announces 3 particles and ends after 2"],
  [
    "a row too many",
    yaml({ rows: [1, 2, 3, 4].map((id) => row.replace("1", String(id))) }),
    "line 16: more particles",
  ],
  ["a row cut off", yaml({ rows: [row, row.slice(0, -4)] }), 'line 14: expected a row "- [ …, … ]" of data'],
  ["a number that is none", yaml({ rows: [row.replace("2.5", "2,5")] }), "line 13: has 10 columns"],
  ["a header cut off", yaml().replace(/keywords.*\n/, ""), "line 11: data comes before keywords"],
  [
    "a box of two rows",
    yaml({ tilts: [] }).replace(/ {2}- \[ 0, 7 \]\n/, ""),
    "line 10: box: expected three rows",
  ],
  ["no coordinates", yaml().replace("x, y, z", "a, b, c"), "keywords has no coordinates"],
])("%s is refused with its line", (_, text, message) => {
  expect(() => readSnapshot(text, { source: "f" })).toThrow(message);
});
