import { describe, expect, test } from "vitest";
import { bondMap, displacementMap, heatMap, panels, themeOf } from "../index.ts";

const { ink, negative } = themeOf();
const box = { dimension: 2 as const, vectors: [10, 0, 0, 10] };
/** Points of a map of the 10 × 10 box at the style's width without a title. */
const { width, margin } = themeOf();
const scale = (width - 2 * margin) / 10;
const at = (x: number, y: number): string =>
  [margin + x * scale, margin + (10 - y) * scale].map((v) => String(Math.round(v * 100) / 100)).join(" ");

/** Attributes of all elements of a name. */
function elements(svg: string, name: string): Record<string, string>[] {
  return Array.from(svg.matchAll(new RegExp(`<${name}((?: [\\w-]+="[^"]*")*)`, "g")), ([, attributes]) =>
    Object.fromEntries(
      Array.from(attributes!.matchAll(/([\w-]+)="([^"]*)"/g), ([, key, value]) => [key, value]),
    ),
  );
}
const bondPaths = (svg: string) =>
  elements(svg, "path").filter((path) => path["stroke-opacity"] !== undefined);

describe("bond map", () => {
  const input = {
    box,
    positions: [1, 1, 3, 1, 9.5, 5],
    i: [0, 1, 2],
    du: [2, 0, 0, 2, 1, 0],
    values: [-4, 4, 1],
    saturation: 4,
    legend: false,
  };

  test("negative red, positive black; width and opacity grow with the value", () => {
    const paths = bondPaths(bondMap(input));
    const find = (start: string) => paths.find(({ d }) => d!.includes(`M${start}`));
    const [red, black, faint] = [find(at(1, 1)), find(at(3, 1)), find(at(9.5, 5))];
    expect([red?.stroke, black?.stroke, faint?.stroke]).toEqual([negative, ink, ink]);
    expect([red?.["stroke-opacity"], black?.["stroke-opacity"]]).toEqual(["1", "1"]);
    // weight (1/4)^1.5 = 4/32: opacity 0.08 + 0.92/8
    expect(faint?.["stroke-opacity"]).toBe("0.2");
    expect(Number(faint?.["stroke-width"])).toBeCloseTo(Number(black?.["stroke-width"]) * 0.3, 1);
  });

  test("a bond runs along its vector, upwards for positive y", () => {
    const { d } = bondPaths(bondMap(input)).find(({ d }) => d!.startsWith(`M${at(3, 1)}`))!;
    const dy = Number(/l0 (.*)$/.exec(d!)![1]);
    expect(dy).toBeCloseTo(-2 * scale, 1);
  });

  test("a bond across the edge is drawn as two halves", () => {
    const { d } = bondPaths(bondMap(input)).find(({ d }) => d!.includes(at(9.5, 5)))!;
    expect(
      d!
        .split("M")
        .slice(1)
        .map((piece) => piece.split("l")[0]),
    ).toEqual([at(9.5, 5), at(0, 5)]);
  });

  test("what is not finite or below the visible weight is left out", () => {
    const svg = bondMap({ ...input, values: [Number.NaN, 0.01, 4] });
    expect(bondPaths(svg)).toHaveLength(1);
  });

  test("the strongest are kept where there are too many, in at most 64 paths of bounded size", () => {
    const count = 60_000;
    const positions = Array.from({ length: 2 * count }, (_, k) => ((k * 0.618033988) % 1) * 10);
    const values = Array.from({ length: count }, (_, k) => Math.tan(1.5 * Math.sin(k)));
    const i = Array.from({ length: count }, (_, k) => k);
    const du = Array.from({ length: 2 * count }, (_, k) => 0.04 * Math.cos(k));
    const many = { box, positions, i, du, values, legend: false };
    const full = bondMap(many);
    expect(bondPaths(full).length).toBeLessThanOrEqual(64);
    expect(full.length).toBeLessThan(2e6);
    const few = bondMap({ ...many, maxBonds: 500, saturation: 1e-3 });
    const drawn = bondPaths(few).reduce((sum, { d }) => sum + d!.split("M").length - 1, 0);
    expect(drawn).toBeGreaterThanOrEqual(500);
    expect(drawn).toBeLessThan(540); // a few are cut in two at the edge
  });

  test("in 3D the bonds whose midpoint lies in the slab are drawn", () => {
    const svg = bondMap({
      box: { dimension: 3, vectors: [10, 0, 0, 0, 10, 0, 0, 0, 10] },
      positions: [1, 1, 5, 3, 1, 8, 5, 1, 3.5],
      i: [0, 1, 2],
      du: [1, 0, 0, 1, 0, 0, 0, 1, 1.2],
      values: [1, 1, 1],
      slab: { axis: "z", centre: 0.5, thickness: 2 },
    });
    const all = bondPaths(svg)
      .map(({ d }) => d)
      .join("");
    // below the line that says what is shown
    const line = 1.5 * themeOf().fontSize;
    const below = (x: number, y: number) => at(x, y - line / scale);
    expect([below(1, 1), below(3, 1), below(5, 1)].map((start) => all.includes(`M${start}`))).toEqual([
      true,
      false,
      true,
    ]);
    expect(svg.replaceAll(/<[^>]*>/g, "")).toContain("slab at z = 0.5 L, 2 λ thick");
  });

  test("a column of the wrong length is named", () => {
    expect(() => bondMap({ ...input, du: [1, 2] })).toThrow(/du has 2 entries, but 6/);
  });

  test("the picture is the same for the same tables, and as reviewed", async () => {
    const labelled = { ...input, legend: true, title: "*E*_{α} & more", species: [0, 1, 0] };
    expect(bondMap(labelled)).toBe(bondMap(labelled));
    const tilted = { dimension: 2 as const, vectors: [10, 0, 3, 8] };
    await expect(bondMap({ ...labelled, box: tilted })).toMatchFileSnapshot("./snapshots/bonds.svg");
  });
});

describe("displacement map", () => {
  const input = {
    box,
    positions: [2, 2, 6, 6],
    displacements: [1, 0, 0, 1],
    centred: false,
    saturation: 1,
    arrowLength: 2,
  };

  test("arrows point along their vectors: right for x, up for y", () => {
    const [shafts] = elements(displacementMap(input), "path");
    expect(shafts!.d).toBe(`M${at(2, 2)}L${at(4, 2)}M${at(6, 6)}L${at(6, 8)}`);
  });

  test("the head is a triangle whose tip is the arrow's and whose base lies behind it", () => {
    const [, heads] = elements(displacementMap(input), "path");
    const [first, second] = heads!.d!.split("M").slice(1) as [string, string];
    const corners = (triangle: string) =>
      triangle
        .replace("Z", "")
        .split("L")
        .map((p) => p.split(" ").map(Number));
    const [tip, a, b] = corners(first) as [number[], number[], number[]];
    expect(tip.join(" ")).toBe(at(4, 2));
    expect(a[0]).toBe(b[0]);
    expect(a[0]).toBeLessThan(tip[0]);
    const [top, c, d] = corners(second) as [number[], number[], number[]];
    expect(top.join(" ")).toBe(at(6, 8));
    expect(c[1]).toBe(d[1]);
    expect(c[1]).toBeGreaterThan(top[1]);
  });

  test("the longest are kept where there are too many", () => {
    const positions = Array.from({ length: 400 }, (_, k) => (k * 0.77) % 10);
    const displacements = positions.map((_, k) => (k % 2 === 0 ? k : 0));
    const svg = displacementMap({
      box,
      positions,
      displacements,
      maxArrows: 20,
      centred: false,
      saturation: 1e6,
      scale: "log",
    });
    expect(elements(svg, "path")[1].d!.split("M").length - 1).toBe(21);
  });

  test("a common translation does not change a centred map", () => {
    const positions = Array.from({ length: 40 }, (_, k) => (k * 0.77) % 10);
    const displacements = positions.map((_, k) => Math.sin(3 * k));
    const moved = displacements.map((x, k) => x + (k % 2 ? -0.25 : 4));
    const draw = (d: number[]) => displacementMap({ box, positions, displacements: d });
    expect(draw(moved)).toBe(draw(displacements));
    expect(displacementMap({ ...input, displacements: [1, 0, 0, 1] })).not.toBe(
      displacementMap({ ...input, centred: true }),
    );
  });

  test("on the logarithmic scale small vectors show; large ones are cut to the arrow length", () => {
    const small = { ...input, displacements: [0.01, 0, 50, 0] };
    const lengths = (scale: "linear" | "log") =>
      Array.from(
        elements(displacementMap({ ...small, scale }), "path")[0].d!.matchAll(/M(\S+) \S+L(\S+)/g),
        ([, a, b]) => Number(b) - Number(a),
      );
    expect(lengths("linear")[0] / scale).toBeCloseTo(0.02, 2);
    expect(lengths("linear")[1] / scale).toBeCloseTo(2, 2);
    expect(lengths("log")[0] / scale).toBeCloseTo((2 * Math.log(1.99)) / Math.log(100), 2);
  });

  test("columns that do not fit are refused", () => {
    expect(() => displacementMap({ ...input, displacements: [1] })).toThrow(/displacements has 1 entries/);
    expect(() => displacementMap({ ...input, positions: [1] })).toThrow(/no multiple of dimension 2/);
  });
});

describe("heat map", () => {
  const values = Array.from({ length: 12 }, (_, k) => k / 11);
  const input = {
    box: { dimension: 2 as const, vectors: [8, 0, 0, 6] },
    counts: [4, 3],
    values,
    range: [0, 1] as const,
  };
  const cells = (svg: string) =>
    elements(svg, "path").filter(({ fill }) => fill?.startsWith("#") && fill !== "#ffffff");

  test("the first bin is bottom left, the last top right, x fastest", () => {
    const paths = cells(heatMap(input));
    const corner = (d: string) => d.slice(1).split("L")[0].split(" ").map(Number);
    const [x0, y0] = corner(paths[0].d!) as [number, number];
    const [x1, y1] = corner(paths[1].d!) as [number, number];
    const [xn, yn] = corner(paths.at(-1)!.d!) as [number, number];
    expect([x1 > x0, y1 === y0, xn > x1, yn < y0]).toEqual([true, true, true, true]);
  });

  test("an event at the edge is drawn after the frame; the rank of a spot below it stands beside its disc", () => {
    const spot = [{ number: 8, position: [3, 5] }];
    const x = (svg: string): number => Number(/<text x="([0-9.]+)"[^>]*>8</.exec(svg)?.[1]);
    const alone = heatMap({ ...input, spots: spot, legend: false });
    const svg = heatMap({ ...input, spots: spot, events: [{ number: 77, position: [3, 5] }], legend: false });
    expect(svg.indexOf(">77<")).toBeGreaterThan(svg.indexOf('fill-rule="evenodd"'));
    const { fontSize, smallFontSize } = themeOf();
    const needed = 0.72 * fontSize - 0.42 * smallFontSize;
    expect(x(svg) - x(alone)).toBeGreaterThan(needed - 0.02);
    expect(x(svg) - x(alone)).toBeLessThan(needed + smallFontSize / 2);
    const far = heatMap({ ...input, spots: spot, events: [{ number: 77, position: [3, 9] }], legend: false });
    expect(x(far)).toBe(x(alone));
  });

  test("spots carry their rank, events their ordinal; only the first spots are numbered", () => {
    const spots = Array.from({ length: 12 }, (_, k) => ({ number: k + 1, position: [0.6 * k, 3] }));
    const svg = heatMap({ ...input, spots, events: [{ number: 77, position: [-1, 7] }], legend: false });
    const numbers = Array.from(svg.matchAll(/<text[^>]*>(\d+)<\/text>/g), ([, text]) => Number(text));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 77]);
    expect(elements(svg, "circle")).toHaveLength(2 * 12 + 1);
  });

  test("in 3D the layer that holds the slab's centre is shown, with the points of the slab", () => {
    const cube = { dimension: 3 as const, vectors: [6, 0, 0, 0, 6, 0, 0, 0, 6] };
    const layers = Array.from({ length: 27 }, (_, k) => Math.floor(k / 9));
    const svg = heatMap({
      box: cube,
      counts: [3, 3, 3],
      values: layers,
      range: [0, 2],
      slab: { axis: "z", centre: 0.9 },
      events: [
        { number: 1, position: [1, 1, 5.5] },
        { number: 2, position: [1, 1, 3] },
      ],
    });
    expect(cells(svg).filter(({ "stroke-width": w }) => w === undefined)).toHaveLength(1); // the layer is even: one colour
    expect(elements(svg, "circle")).toHaveLength(1);
    expect(svg).toMatch(/>1<\/text>/);
  });

  test("bad tables are named", () => {
    expect(() => heatMap({ ...input, counts: [4, 4] })).toThrow(/values has 12 entries, but 16/);
    expect(() => heatMap({ ...input, range: [1, 1] })).toThrow(/range 1 … 1 is empty/);
  });

  test("as reviewed", async () => {
    const marks = { spots: [{ number: 1, position: [7, 5] }], events: [{ number: 2, position: [1, 1] }] };
    const sheared = { ...input, ...marks, box: { dimension: 2 as const, vectors: [8, 0, 2, 6] } };
    await expect(heatMap({ ...sheared, style: "slides" })).toMatchFileSnapshot("./snapshots/heat.svg");
  });
});

describe("panels", () => {
  const figure = heatMap({ box, counts: [1, 1], values: [1] });

  test("figures stand side by side at their own size under their letters", () => {
    const svg = panels([figure, figure, figure], { letters: ["A", "B", "C"], columns: 2 });
    const [page, first, second, third] = elements(svg, "svg");
    expect(page?.width).toBe(`${2 * width}pt`);
    expect([first?.x, second?.x, third?.x]).toEqual(["0", String(width), "0"]);
    expect(Number(third?.y)).toBeGreaterThan(Number(first?.height));
    expect(svg).toContain(">C</tspan>");
  });

  test("what is no figure of this package is refused", () => {
    expect(() => panels(["<svg/>"])).toThrow(/panel 1 is no figure/);
    expect(() => panels([])).toThrow(/there is no panel/);
  });
});

describe("a box whose corner lies elsewhere than at the origin of the coordinates", () => {
  const origin = [-4.25, 2.5];
  const positions = [1, 1, 3, 1, 9.5, 5];
  const moved = positions.map((x, k) => x - origin[k % 2]);

  test("bonds, arrows, spots and events are those of positions from that corner", () => {
    const bonds = { box, i: [0, 1, 2], du: [2, 0, 0, 2, 1, 0], values: [-4, 4, 1], saturation: 4 };
    expect(bondMap({ ...bonds, positions, origin })).toBe(bondMap({ ...bonds, positions: moved }));
    expect(bondMap({ ...bonds, positions, origin })).not.toBe(bondMap({ ...bonds, positions }));
    const arrows = { box, displacements: [1, 0, 0, 1, 1, 1] };
    expect(displacementMap({ ...arrows, positions, origin })).toBe(
      displacementMap({ ...arrows, positions: moved }),
    );
    const field = { box, counts: [1, 1], values: [1], legend: false };
    const marks = (at: number[]) => ({
      spots: [{ number: 1, position: at }],
      events: [{ number: 2, position: at }],
    });
    const circles = (svg: string) => elements(svg, "circle");
    expect(circles(heatMap({ ...field, ...marks([1, 1]), origin }))).toEqual(
      circles(heatMap({ ...field, ...marks([5.25, -1.5]) })),
    );
  });

  const heat = {
    box: { dimension: 2 as const, vectors: [8, 0, 0, 6] },
    counts: [4, 3],
    range: [0, 1] as const,
  };
  const values = Array.from({ length: 12 }, (_, k) => k / 11);
  /** Bins by their colours, in any order. */
  const bins = (svg: string) =>
    elements(svg, "path")
      .filter(({ fill }) => fill?.startsWith("#") && fill !== "#ffffff")
      .flatMap(({ d, fill }) =>
        d!
          .split("M")
          .slice(1)
          .map((cell) => `${fill} ${cell}`),
      )
      .sort();

  test("bins are moved by whole edges, and one across the edge is drawn at both", () => {
    const rolled = values.map((_, k) => values[4 * Math.floor(k / 4) + ((k + 1) % 4)]);
    const legend = false;
    expect(bins(heatMap({ ...heat, values, origin: [2, 0], legend }))).toEqual(
      bins(heatMap({ ...heat, values: rolled, legend })),
    );
    expect(bins(heatMap({ ...heat, values, origin: [-7, 0], legend }))).toHaveLength(12 + 3);
    expect(bins(heatMap({ ...heat, values, origin: [-7, 1], legend }))).toHaveLength(12 + 3 + 5);
  });

  test("the middle of a slab is a fraction from that corner", () => {
    const cube = { dimension: 3 as const, vectors: [6, 0, 0, 0, 6, 0, 0, 0, 6] };
    const layers = Array.from({ length: 27 }, (_, k) => Math.floor(k / 9) / 2);
    const of = (centre: number, z?: number) =>
      bins(
        heatMap({
          ...{ box: cube, counts: [3, 3, 3], values: layers, range: [0, 1], legend: false },
          ...{ slab: { axis: "z", centre }, origin: z === undefined ? undefined : [0, 0, z] },
        }),
      );
    expect(of(0.5, -3)).toEqual(of(0));
    expect(of(0.5, -3)).not.toEqual(of(0.5));
  });
});
