import { describe, expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { potentialScript, readScript } from "./index.ts";

const entry = (elements: string, epsilon: number) =>
  `${elements} ${epsilon} 2.0951 1.80 21.0 1.20 -0.333333333333 7.049556277 0.6022245584 4.0 0.0 0.0`;
const sw = `# UNITS: metal\n# a comment\n${entry("Si Si Si", 2.1683)}\n`;

describe("a potential file alone is a model", () => {
  test("the same as the script that names it with all its elements", () => {
    const read = (name: string) => (name === "Si.sw" ? new TextEncoder().encode(sw) : undefined);
    const text = potentialScript("Si.sw", sw)!;
    const { model, species } = readScript(text, { file: "Si.sw", read });
    const script = 'units metal\ncreate_box 1 box\npair_style sw\npair_coeff * * "Si.sw" Si\nrun 0';
    expect(model.coefficients).toEqual(readScript(script, { file: "in.si", read }).model.coefficients);
    expect([...species]).toEqual([["1", "Si"]]);
    expect(model.name).toBe("Si.sw");
  });

  test.each([
    ["CuZr.eam.fs", "a\nb\nc\n2 Cu Zr\n", "pair_style eam/fs", '"CuZr.eam.fs" Cu Zr'],
    ["CuZr.eam.alloy.gz", "a\nb\nc\n2 Zr Cu\n", "pair_style eam/alloy", '"CuZr.eam.alloy.gz" Zr Cu'],
    ["Cu_u3.eam", "Cu\n29 63.550\n", "pair_style eam\n", '"Cu_u3.eam"'],
    ["SiC.tersoff", "# DATE: x UNITS: real\nSi Si Si 3\nC C C 3\nSi C C 3\n", "units real", "Si C"],
  ])("%s", (name, text, style, coefficients) => {
    const script = potentialScript(name, text)!;
    expect(script).toContain(style);
    expect(script).toMatch(
      new RegExp(
        `pair_coeff \\* \\* ${coefficients.startsWith('"') ? coefficients : `"${name}" ${coefficients}`}$`,
      ),
    );
  });

  test("other files are none, and what is wrong in one is told with its name", () => {
    for (const name of ["in.glass", "model.json", "glass.data", "Si.meam"])
      expect(potentialScript(name, sw)).toBeUndefined();
    expect(potentialScript("empty.sw", "# nothing\n")).toBeUndefined();
    const bent = sw.replace("21.0 1.20", "21.0");
    const read = () => new TextEncoder().encode(bent);
    const reading = () => readScript(potentialScript("Si.sw", bent)!, { file: "Si.sw", read });
    expect(reading).toThrow(SoftfieldError);
    expect(reading).toThrow(/Si\.sw/);
  });
});
