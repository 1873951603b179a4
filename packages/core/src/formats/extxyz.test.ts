import fc from "fast-check";
import { expect, test } from "vitest";
import { CommentFlaw, parseComment } from "./extxyz-comment.ts";
import { describeSnapshot, extxyzText, readSnapshot } from "./index.ts";

const parsed = (text: string) => {
  const pairs = parseComment(text);
  if (pairs instanceof CommentFlaw) throw new Error(pairs.message);
  return Object.fromEntries(pairs);
};

test("values of a comment line: bare, quoted, arrays of both styles", () => {
  expect(
    parsed(
      String.raw`a=1 b = -2.5D+01 name=glass flag=T off=F word="two words" esc="say \"hi\" \\" vec="1 2 3" one="7" ` +
        `old={1 2 3} flags="T T F" new=[1, 2.5, 3] mat=[[1, 0], [0, 1]] "odd key"=x lonely mixed="1 a" s=["p q", r]`,
    ),
  ).toEqual({
    a: 1,
    b: -25,
    name: "glass",
    flag: true,
    off: false,
    word: "two words",
    esc: String.raw`say "hi" \ `.trimEnd(),
    vec: [1, 2, 3],
    one: 7,
    old: [1, 2, 3],
    flags: [true, true, false],
    new: [1, 2.5, 3],
    mat: [
      [1, 0],
      [0, 1],
    ],
    "odd key": "x",
    lonely: true,
    mixed: "1 a",
    s: ["p q", "r"],
  });
});

test.each([
  ['a="open', 3],
  ["a={1 2", 3],
  ["a=[1, 2", 3],
  ["a=[[1], [2]", 3],
  ["=5", 1],
])("comment %s has a flaw at character %i", (text, at) => {
  expect(parseComment(text)).toMatchObject({ at });
});

test("any comment text is parsed or has a flaw, without a crash", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab =\"'\\{}[],1.T\n\t"), maxLength: 40 }), (text) => {
      const pairs = parseComment(text);
      expect(pairs instanceof Map || pairs instanceof CommentFlaw).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

const file = (comment: string, ...rows: string[]) => `${rows.length}\n${comment}\n${rows.join("\n")}\n`;

test("columns of any kind in any order; particles sorted by id", () => {
  const s = readSnapshot(
    file(
      'Properties=name:S:1:velo:R:3:id:I:1:fixed:L:1:pos:R:3:species:S:1:radius:R:1:Z:I:1 LATTICE="9 0 0 1 8 0 2 3 7" Origin="-1 0 1" energy=-1.5',
      "n1 1 2 3 20 T 0.5 0.25 0.125 S 0.5 14",
      "n2 4 5 6 10 F 1.5 1.25 1.125 Long 0.75 15",
    ),
  );
  expect([...s.positions]).toEqual([1.5, 1.25, 1.125, 0.5, 0.25, 0.125]);
  expect(s.species!.names.map((_, k) => s.species!.names[s.species!.index[k]])).toEqual(["Long", "S"]);
  expect([...s.types!]).toEqual([15, 14]);
  expect([...s.ids!, ...s.order!]).toEqual([10, 20, 1, 0]);
  expect(Object.fromEntries([...s.columns].map(([name, { values }]) => [name, [...values]]))).toEqual({
    fixed: [0, 1],
    radius: [0.75, 0.5],
    velocity: [4, 5, 6, 1, 2, 3],
  });
  expect([...s.origin, ...s.periodic, ...s.info]).toEqual([-1, 0, 1, true, true, true, ["energy", -1.5]]);
  expect([...s.box.vectors]).toEqual([9, 0, 0, 1, 8, 0, 2, 3, 7]);
});

test("two-dimensional positions, with a lattice of four or of nine numbers", () => {
  const rows = ["1 2", "3 4"];
  for (const lattice of ["9 0 1 8", "9 0 0 1 8 0 0 0 1"]) {
    const s = readSnapshot(file(`Lattice="${lattice}" Properties=pos:R:2 pbc="T F"`, ...rows));
    expect([s.dimension, ...s.box.vectors, ...s.positions, ...s.periodic]).toEqual([
      2,
      9,
      0,
      1,
      8,
      1,
      2,
      3,
      4,
      true,
      false,
    ]);
  }
  expect(() => readSnapshot(file('Lattice="9 0 1 1 8 0 0 0 1" Properties=pos:R:2', ...rows))).toThrow(
    "leans out of their plane",
  );
});

/** Uniform in value; fc.double is uniform in its bits, so that nearly all its values are tiny. */
const uniform = (min: number, max: number) =>
  fc
    .nat({ max: 2 ** 31 - 1 })
    .chain((high) =>
      fc.nat({ max: 2 ** 21 - 1 }).map((low) => min + (max - min) * ((high * 2 ** 21 + low) / 2 ** 52)),
    );
const lattice = fc.array(uniform(-5, 5), { minLength: 9, maxLength: 9 }).map((numbers) => {
  // Away from flat ones by a dominant diagonal, whose rows may be permuted and negated.
  return numbers.map((x, k) => (k % 4 === 0 ? Math.sign(x || 1) * (12 + Math.abs(x)) : x));
});
const rowOrder = fc.constantFrom([0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]);

test("a general lattice is rotated: distances, fractional coordinates and volume stay", () => {
  const points = fc.array(uniform(-20, 20), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(lattice, rowOrder, points, (numbers, order, x) => {
      const v = order.flatMap((row) => numbers.slice(3 * row, 3 * row + 3));
      const s = readSnapshot(
        file(`Lattice="${v.join(" ")}"`, `A ${x.slice(0, 3).join(" ")}`, `A ${x.slice(3).join(" ")}`),
      );
      const t = s.box.vectors;
      expect([t[1], t[2], t[5]].map((zero) => zero! + 0)).toEqual([0, 0, 0]);
      expect(Math.min(t[0], t[4], t[8])).toBeGreaterThan(0);
      const q = s.rotation ?? Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
      const turned = (vector: readonly number[]) =>
        [0, 1, 2].map((a) => q[3 * a] * vector[0] + q[3 * a + 1] * vector[1] + q[3 * a + 2] * vector[2]);
      for (let a = 0; a < 3; a++) {
        const expected = turned(v.slice(3 * a, 3 * a + 3));
        // A row may have been replaced by its negative, which spans the same lattice.
        const sign = Math.sign(expected[a]) || 1;
        for (let c = 0; c < 3; c++) expect(t[3 * a + c] * sign).toBeCloseTo(expected[c], 11);
        const image = turned(x.slice(0, 3));
        expect(s.positions[a]).toBeCloseTo(image[a], 11);
        for (let b = 0; b < 3; b++) {
          const dot = [0, 1, 2].reduce((sum, c) => sum + q[3 * a + c] * q[3 * b + c], 0);
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 13);
        }
      }
      const [a, b, c, d, e, f, g, h, i] = q as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 13);
      const distance = (y: ArrayLike<number>) => Math.hypot(y[0] - y[3], y[1] - y[4], y[2] - y[5]);
      expect(distance(s.positions)).toBeCloseTo(distance(x), 10);
    }),
    { numRuns: 300 },
  );
});

test("velocities turn with the lattice", () => {
  const s = readSnapshot(
    file('Lattice="0 9 0 -8 0 0 0 0 7" Properties=pos:R:3:vel:R:3 Origin="1 2 3"', "1 2 3 4 5 6"),
  );
  expect([...s.box.vectors].map((x) => x + 0)).toEqual([9, 0, 0, 0, 8, 0, 0, 0, 7]);
  expect([...s.positions]).toEqual([2, -1, 3]);
  expect([...s.origin]).toEqual([2, -1, 3]);
  expect([...s.columns.get("velocity")!.values]).toEqual([5, -4, 6]);
});

test("what a comment line says is written again", () => {
  const text = file(
    'Lattice="9 0 0 0 9 0 0 0 9" model=2dipl note="two words" n=[1, 2.5] flag=F deep=[[1, 2], [3, 4]]',
    "A 1 2 3",
  );
  const once = readSnapshot(text);
  const again = readSnapshot([...extxyzText(once)].join(""));
  expect(again.info).toEqual(once.info);
  expect(describeSnapshot(again)).toEqual({ ...describeSnapshot(once), digits: 1 });
});

test("a summary counts species, measures the box and sees a plane", () => {
  const s = readSnapshot(
    file('Lattice="4 0 0 1 5 0 0 0 3" pbc="T T F"', "S 1 2 0.5", "L 3 4 0.5", "S 0.125 2 0.5"),
    { source: "f" },
  );
  expect(describeSnapshot(s)).toEqual({
    source: "f",
    format: "extxyz",
    frame: 0,
    particles: 3,
    dimension: 2,
    planar: false,
    species: { S: 2, L: 1 },
    types: {},
    lengths: [4, 5],
    tilt: [1],
    rotated: false,
    periodic: [true, true],
    density: 3 / 20,
    digits: 3,
    columns: {},
    info: {},
  });
});
