import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition, setflText } from "../../../test/eam.ts";
import { modelToJson, parseEamFile, parseModel } from "../index.ts";

describe("files of embedded atoms", () => {
  test.each([
    ["eam/alloy, five a line", "alloy", 5],
    ["eam/alloy, one a line", "alloy", 1],
    ["eam/fs, five a line", "fs", 5],
    ["eam/fs, one a line", "fs", 1],
  ] as const)("%s", (_, kind, perLine) => {
    const metal = artificialMetal(kind);
    const file = parseEamFile(setflText(metal, perLine), "metal");
    expect(file).toEqual({ ...metal, masses: [63.55, 91.22] });
    const of = (species: string[], own = {}) => {
      const { potential: _, ...definition } = metalDefinition(metal);
      const glass = undefined;
      return parseModel({ ...definition, glass, species, file: "m", ...own }, "f", {}, { m: file });
    };
    expect(of(["B", "A"]).masses).toEqual([91.22, 63.55]);
    expect(of(["B"], { masses: { B: 5 } }).masses).toEqual([5]);
  });

  test("eam (funcfl): charges Z(r), r·φ = 27.2·0.529·Z²", () => {
    const [f, z, rho] = [0, 1, 2].map((shift) => Array.from({ length: 20 }, (_, k) => shift + k / 7));
    const rows = (values: readonly number[]) => values.join(" ");
    const text = [
      "copper",
      "29 63.55 3.615 fcc",
      "20 0.5 20 0.25 4.75",
      rows(f),
      rows(z),
      rows(rho),
      "",
    ].join("\n");
    const found = parseEamFile(text, "cu.funcfl");
    expect(found.elements).toEqual(["Cu"]);
    expect(found.masses).toEqual([63.55]);
    expect([found.embedding, found.density, found.drho, found.dr, found.cutoff]).toEqual([
      [f],
      [rho],
      0.5,
      0.25,
      4.75,
    ]);
    found.pair[0].forEach((value, k) => {
      expect(value).toBeCloseTo(27.2 * 0.529 * z[k] * z[k], 10);
    });
  });

  test("what is wrong is told with its line", () => {
    const text = setflText(artificialMetal());
    const lines = text.split("\n");
    const read = (changed: string) => () => parseEamFile(changed, "metal.fs");
    expect(read(lines.slice(0, -40).join("\n"))).toThrow(
      /metal\.fs, line \d+: the file ends (too early|after)/,
    );
    expect(read(lines.map((line, k) => (k === 9 ? `${line} x` : line)).join("\n"))).toThrow(
      /line 10: expected a number of F of A in row \d+, found "x"$/,
    );
    expect(read(lines.map((line, k) => (k === 4 ? "10 0.1 10" : line)).join("\n"))).toThrow(
      /line 5: expected nrho/,
    );
    expect(read(lines.map((line, k) => (k === 4 ? line.replace(/\S+$/, "9.9") : line)).join("\n"))).toThrow(
      /line 5: the tables end at r = 2\.20000, before the cutoff 9\.9/,
    );
    expect(read("H\n1 2\n")).toThrow(/neither a setfl file .* nor a funcfl file/);
  });
});

describe("models of embedded atoms", () => {
  test("stand by themselves: written as JSON and read again they are the same", () => {
    const model = parseModel(metalDefinition(artificialMetal()));
    expect(parseModel(JSON.parse(JSON.stringify(modelToJson(model))))).toEqual(model);
  });

  test("a file that was not handed in, and a species that it lacks, are refused", () => {
    const { potential, ...rest } = metalDefinition(artificialMetal());
    expect(() => parseModel({ ...rest, file: "metal.fs" }, "m.json")).toThrow(
      /file.*"metal\.fs", whose contents/,
    );
    expect(() => parseModel(rest, "m.json")).toThrow(/file is missing|"file" is missing|file.*is missing/);
    expect(() => parseModel({ ...rest, potential, species: ["A", "C"] }, "m.json")).toThrow(
      /species\[1\].*"C" is no element of the potential, which has A, B/,
    );
  });
});

describe("what does not end smoothly at the cutoff is told", () => {
  const warningsOf = (change: (metal: ReturnType<typeof artificialMetal>) => object) => {
    const metal = artificialMetal();
    const { warnings } = parseModel(metalDefinition({ ...metal, ...change(metal) }));
    // a spline through a jump is coarse, too
    return warnings.filter((text) => !text.includes("too coarse"));
  };
  const { dr, cutoff } = artificialMetal();
  /** c (r_c − r)^power added to every row. */
  const added = (power: number, c: number) => (rows: readonly number[]) =>
    rows.map((value, k) => value + c * (cutoff - k * dr) ** power);

  test("nothing where all derivatives vanish", () => {
    expect(warningsOf(() => ({}))).toEqual([]);
    expect(parseModel(metalDefinition(artificialMetal())).warnings).toEqual([]);
  });

  test.each([
    [0, /φ or f itself of the file jumps at its cutoff, r = 2.2: energies and forces/],
    [1, /φ′ or f′ of the file jumps/],
    [2, /φ″ or f″ of the file jumps/],
    [3, /φ‴ or f‴ of the file jumps/],
  ])("order %i, of pairs and of densities", (power, message) => {
    expect(warningsOf(({ pair }) => ({ pair: pair.map(added(power, 3)) }))).toEqual([
      expect.stringMatching(message),
    ]);
    expect(warningsOf(({ density }) => ({ density: density.map(added(power, 3)) }))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
