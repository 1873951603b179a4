import { describe, expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { parseModel } from "../models/index.ts";
import { type InputScript, looksLikeScript, readScript, registerPairStyle } from "./index.ts";

type Files = Readonly<Record<string, string>>;

function read(text: string, files: Files = {}): InputScript {
  return readScript(text, { file: "in.test", read: (name) => files[name] });
}

/** The model of a script as JSON, without what all have. */
function json(text: string, files: Files = {}): Record<string, unknown> {
  const { name: _name, units: _units, ...rest } = read(text, files).json;
  return rest;
}

function refusal(text: string, files: Files = {}): SoftfieldError {
  try {
    read(text, files);
  } catch (error) {
    if (error instanceof SoftfieldError) return error;
    throw error;
  }
  throw new Error("the script was accepted");
}

const lj = (cutoff: number | string, epsilon: number | string = 1, sigma: number | string = 1) =>
  `units lj\npair_style lj/cut ${cutoff}\npair_coeff * * ${epsilon} ${sigma}\n`;
const data = (sections: string, types = 2) =>
  `a data file\n\n2 atoms\n${types} atom types\n0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n\n${sections}\n\nAtoms # atomic\n\n1 1 1 1 1\n2 ${types} 2 2 2\n`;

describe("what a script is made of", () => {
  test("continuations, comments, quotes, blanks and tabs", () => {
    const text = `\tunits lj # "reduced"\nprint "a # b"  \npair_style lj/cut &\n  2.5 # the cutoff\npair_coeff\t1 1 1.0 "1.0" &\n&\n 2.4\n`;
    expect(json(text)).toMatchObject({ epsilon: 1, lambda: 1, cutoff: 2.4 });
  });

  test("what a command says over several lines in three quotes is one word", () => {
    expect(json(`print """one # two\nunits metal\n"""\n${lj(2.5)}`)).toMatchObject({ cutoff: 2.5 });
    expect(refusal(`print "one\n${lj(2.5)}units "metal\n`).message).toContain("a quote is not closed");
  });

  test("Windows line ends and a last line without one", () => {
    expect(json(lj(2.5).replaceAll("\n", "\r\n").trimEnd())).toMatchObject({ cutoff: 2.5 });
  });
});

describe("variables", () => {
  test.each([
    ["2+3*4", 14],
    ["(2+3)*4", 20],
    ["-2^2", 4],
    ["2^3^2", 64],
    ["2^-1", 0.5],
    ["7%4", 3],
    ["10-4-3", 3],
    ["1.5e1/3", 5],
    ["sqrt(2.25)", 1.5],
    ["exp(ln(3))", 3],
    ["log(1000)", 3],
    ["abs(-3)+floor(2.7)+ceil(2.1)+round(2.5)", 11],
    ["sin(PI/6)*2", 1],
    ["1+(2<3)", 2],
    ["(1==1)+(2!=2)+(3>=3)", 2],
    ["2*(1&&0)+(0||1)+!0", 2],
    ["v_a*2", 3],
    ["ternary(1>2,5,6)", 6],
  ])("%s is %d", (formula, value) => {
    const text = `variable a equal 1.5\nvariable x equal "${formula}"\n`;
    const read = (cutoff: string) => json(`${text}${lj(cutoff)}`).cutoff as number;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of LAMMPS
    expect(read("${x}")).toBeCloseTo(value, 13);
    expect(read(`$(${formula.replaceAll("PI", "PI")})`)).toBeCloseTo(value, 13);
  });

  test("index, loop, string, $x, formats; an index variable keeps its first value", () => {
    const text =
      "variable c index 2.5 3.5\nvariable c index 9\nvariable e string 1.25\nvariable s equal 0.123456\n";
    expect(json(`${text}${lj("$c", "$e", "$(v_s:%.2f)")}`)).toMatchObject({
      epsilon: 1.25,
      lambda: 0.12,
      cutoff: 2.5 / 0.12,
    });
  });

  test("what only a simulation knows matters only where it is used", () => {
    const text =
      "variable T equal temp\nvariable e equal c_pe[1]*2\nrun $(round(v_T))\nfix 1 all nvt temp $T $T 1\n";
    expect(json(`${text}${lj(2.5)}`)).toMatchObject({ cutoff: 2.5 });
    const { message, place } = refusal(`${text}${lj("$(v_T)")}`);
    expect(message).toBe(
      'in.test, line 6 (pair_style lj/cut $(v_T)): only a running simulation knows "temp"',
    );
    expect(place).toEqual({ file: "in.test", line: 6 });
  });

  test("formulas that go in a circle, or are none", () => {
    const circle = "variable a equal v_b\nvariable b equal v_a\n";
    expect(refusal(`${circle}${lj("$a")}`).message).toContain("the formula goes in a circle");
    expect(refusal(lj("$(1+)")).message).toContain("the formula ends too early");
    expect(refusal(lj("$(1/0)")).message).toContain("is Infinity");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of LAMMPS
    expect(refusal(lj("${nothing}")).message).toContain("the variable nothing is not defined");
  });
});

describe("flow", () => {
  test("if, elif, else by numbers and by words", () => {
    const text = (rc: number, word: string) =>
      `variable rc equal ${rc}\nvariable w string ${word}\nunits lj\nif "\${rc} > 3" then "pair_style lj/cut 3" elif "$w == short" "pair_style lj/cut 1.1" else "pair_style lj/cut 2"\npair_coeff 1 1 1 1\n`;
    expect(json(text(4, "long")).cutoff).toBe(3);
    expect(json(text(2, "short")).cutoff).toBe(1.1);
    expect(json(text(2, "long")).cutoff).toBe(2);
  });

  test("a condition that only a simulation knows is refused where the potential depends on it", () => {
    const doubt = 'variable T equal temp\nif "$T > 1" then';
    expect(json(`${doubt} "run 10" "print yes"\n${lj(2.5)}`)).toMatchObject({ cutoff: 2.5 });
    expect(refusal(`${doubt} "pair_style lj/cut 3"\n${lj(2.5)}`).message).toMatch(
      /in.test, line 2 .*only a running simulation knows whether "pair_style lj\/cut 3" is to be followed/,
    );
    expect(json(`${lj(2.5)}${doubt} "jump SELF end"\nrun 1\nlabel end\n`)).toMatchObject({ cutoff: 2.5 });
    expect(refusal(`${doubt} "jump SELF end"\n${lj(2.5)}label end\n`).message).toMatch(
      /in.test, line 3 .*depends on line 2/,
    );
  });

  test("loops: passed over where they say nothing of the potential, else followed", () => {
    const idle = "variable i loop 1000000000\nlabel a\nrun 1\nnext i\njump SELF a\n";
    expect(json(`${idle}${lj(2.5)}`)).toMatchObject({ cutoff: 2.5 });
    const busy = `units lj\nvariable i loop 2\npair_style lj/cut 2.5\nlabel a\npair_coeff $i $i $i 1\nnext i\njump SELF a\n`;
    expect(json(busy)).toMatchObject({ epsilon: { "1 1": 1, "1 2": Math.SQRT2, "2 2": 2 } });
    const endless = `label a\npair_style lj/cut 2.5\njump SELF a\n`;
    expect(refusal(endless).message).toContain("a loop goes on and on");
  });

  test("include, jump to another file, clear, quit", () => {
    const files = { "in.pot": lj(2.5), "in.more": `include in.pot\n`, circle: "include circle\n" };
    expect(json("include in.more\nrun 1\n", files).cutoff).toBe(2.5);
    expect(json("jump in.pot\n", files).cutoff).toBe(2.5);
    expect(json(`pair_style soft 1\nmass 1 2\nclear\n${lj(2.5)}quit\npair_style none\n`)).not.toHaveProperty(
      "masses",
    );
    expect(refusal("include circle\n", files).message).toContain("include each other without end");
    expect(refusal("include in.nowhere\n").message).toContain("the file in.nowhere is not there");
  });
});

describe("types", () => {
  const three = "units lj\ncreate_box 3 box\npair_style lj/cut 2.5\n";

  test("ranges, later lines override, both orders of a pair", () => {
    const text = `${three}pair_coeff * * 1 1\npair_coeff 2* 3 2 1\npair_coeff *2 1 3 1\npair_coeff 3 1 4 1\n`;
    expect(json(text).epsilon).toEqual({ "1 1": 3, "1 2": 1, "1 3": 4, "2 2": 1, "2 3": 2, "3 3": 2 });
  });

  test("a type that is not there, coefficients that are missing", () => {
    expect(refusal(`${three}pair_coeff 1 4 1 1\n`).message).toContain(
      '"4" names types beyond those that there are, 1 to 3',
    );
    expect(refusal(`${three}pair_coeff 1 1 1 1\npair_coeff 2 2 1 1\n`).message).toContain(
      'the coefficients of type 3 with itself are missing: give "pair_coeff 3 3 …"',
    );
    expect(
      refusal(`units lj\npair_style morse 2\npair_coeff 1 1 1 1 1\npair_coeff 2 2 1 1 1\n`).message,
    ).toContain("the coefficients of types 1 and 2 are missing, and morse mixes none");
  });

  test("names: labels, comments behind masses, elements; twice the same name", () => {
    const named = data("Masses\n\n1 1.0 # S\n2 2.0 # L");
    expect(read(`${lj(2.5)}`.replace("units lj", "units lj\nread_data d"), { d: named }).species).toEqual(
      new Map([
        ["1", "S"],
        ["2", "L"],
      ]),
    );
    expect(
      json(
        `labelmap atom 1 A 2 B\ncreate_box 2 b\npair_style lj/cut 2\npair_coeff A B 1 1\npair_coeff A A 2 1\npair_coeff B B 3 1\n`,
      ),
    ).toMatchObject({
      species: ["A", "B"],
      epsilon: { "A A": 2, "A B": 1, "B B": 3 },
    });
    const sw = "Si Si Si 2.1683 2.0951 1.80 21.0 1.20 -0.333333333333 7.049556277 0.6022245584 4.0 0.0 0.0\n";
    expect(
      read("units metal\npair_style sw\npair_coeff * * f.sw Si Si\n", { "f.sw": sw }).model.species,
    ).toEqual(["Si1", "Si2"]);
    expect(
      read("units metal\npair_style sw\npair_coeff * * f.sw Si\n", { "f.sw": sw }).model.species,
    ).toEqual(["Si"]);
  });

  test("masses of script and data file", () => {
    const masses = data("Masses\n\n1 3.5\n2 2.0");
    const text = "units metal\nread_data d\npair_style lj/cut 5\npair_coeff * * 0.1 2\n";
    expect(json(text, { d: masses }).masses).toEqual({ "1": 3.5, "2": 2 });
    expect(json(`${text}mass 1 4\n`, { d: masses }).masses).toEqual({ "1": 4, "2": 2 });
  });
});

describe("charges", () => {
  const script = (more = "") =>
    `units metal\natom_style charge\nread_data d\n${more}pair_style coul/dsf 0.2 8\npair_coeff * *\n`;
  const charged = (q: readonly number[]) =>
    `x\n\n3 atoms\n2 atom types\n0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n\nAtoms # charge\n\n1 1 ${q[0]} 1 1 1\n2 2 ${q[1]} 3 3 3\n3 2 ${q[2]} 5 5 5\n`;

  test("of the data file by type, set by the script, particle by particle", () => {
    const d = charged([2, -1, -1]);
    expect(json(script(), { d })).toMatchObject({
      products: { "1 1": 4, "1 2": -2, "2 2": 1 },
      constant: 14.399645,
    });
    expect(json(script("set type 1 charge 1\ndielectric 2\n"), { d })).toMatchObject({
      products: { "1 1": 1, "1 2": -1, "2 2": 1 },
      constant: 7.1998225,
    });
    expect(json(script(), { d: charged([2, -1.5, -0.5]) })).toMatchObject({
      charges: "file",
      form: "coulomb",
    });
  });

  test("none at all: nothing interacts", () => {
    expect(refusal(script(), { d: charged([0, 0, 0]) }).message).toContain("no pair of types interacts");
  });
});

describe("data files", () => {
  test("Pair Coeffs and PairIJ Coeffs are read where the script has none", () => {
    const script = "units lj\npair_style lj/cut 2.5\nread_data d\n";
    expect(json(script, { d: data("Pair Coeffs # lj/cut\n\n1 1 1\n2 0.25 1") })).toMatchObject({
      epsilon: { "1 1": 1, "1 2": 0.5, "2 2": 0.25 },
    });
    const ij = data("PairIJ Coeffs # lj/cut\n\n1 1 1 1 2.5\n1 2 1.5 0.8 2\n2 2 0.5 0.88 2.2");
    expect(json(script, { d: ij })).toMatchObject({ epsilon: { "1 1": 1, "1 2": 1.5, "2 2": 0.5 } });
  });

  test("alone, with the style behind the #", () => {
    const ij = data("PairIJ Coeffs # lj/cut\n\n1 1 1 1 2.5\n1 2 1.5 0.8 2\n2 2 0.5 0.88 2.2");
    expect(looksLikeScript(ij)).toBe(true);
    expect(json(ij)).toMatchObject({ form: "lennard-jones", cutoff: 2.5, smoothing: "none" });
    expect(refusal(data("Pair Coeffs # lj/cut\n\n1 1 1\n2 0.25 1")).message).toMatch(
      /in.test, line 11 .*the cutoff is missing/,
    );
    expect(refusal(data("Masses\n\n1 1\n2 1")).message).toContain("give the input script instead");
  });

  test("a data file that is not there is no matter while nothing is needed of it", () => {
    const { data: found, model } = read(`read_data nowhere.data\n${lj(2.5)}minimize 0 1e-10 100 100\n`);
    expect([found, model.species]).toEqual([
      { name: "nowhere.data", changedBy: [expect.stringContaining("minimize")] },
      ["1"],
    ]);
  });
});

describe("what is refused, by line, with the nearest", () => {
  test.each<[string, string]>([
    [
      "units lj\npair_style lj/cut/coul/long 10\npair_coeff * * 1 1\n",
      "line 2 (pair_style lj/cut/coul/long 10): lj/cut/coul/long is not read: an Ewald sum",
    ],
    ["pair_style lj/cut/coul/long 10\n", "pair_style lj/cut/coul/dsf or lj/cut/coul/wolf"],
    ["pair_style reaxff NULL\n", "its terms are of many bodies"],
    ["pair_style gayberne 1 3 1 4\n", "its particles turn"],
    ["pair_style lj/cutt 2.5\n", "the nearest that is read is lj/cut"],
    ["pair_style beck 8\n", "'pair_write 1 1 2000 r 0.8 2.4999 pairs.table P11' behind the coefficients"],
    [
      "pair_style lj/cubic 2\n",
      "the nearest that is read is lj/cut. Any function of the distance is read as a table",
    ],
    ["pair_style tersoff/zbl\n", "its terms are of many bodies"],
    ["pair_style dpd/tstat 1 1 1 1\n", "it is of a fluid's flow"],
    [`${lj(2.5)}bond_style fene\n`, "line 4 (bond_style fene): bonds hold particles together"],
    [`${lj(2.5)}kspace_style pppm 1e-4\n`, "an Ewald sum couples every particle"],
    ["pair_style lj/cut\npair_coeff 1 1 1 1\n", "line 1 (pair_style lj/cut): expected cutoff, found nothing"],
    [
      "pair_style lj/cut 2.5\npair_coeff 1 1 1\n",
      "line 2 (pair_coeff 1 1 1): expected epsilon sigma [cutoff], found 1",
    ],
    ["pair_style lj/cut 2.5\npair_coeff 1 1 1 l.0\n", 'sigma is "l.0", which is no number'],
    ["pair_coeff 1 1 1 1\npair_style lj/cut 2.5\n", "there is no pair_style before it"],
    ["units lj\nrun 10\n", "there is no pair_style, so there is no potential"],
    ["read_restart a.rest\nrun 10\n", "the potential stands in the restart file"],
    ["pair_style table bitmap 12\npair_coeff 1 1 t A\n", "the file t is not there"],
    ["pair_style hybrid lj/cut 2 morse 3\npair_coeff 1 1 lj/cutt 1 1\n", "did you mean lj/cut?"],
    ["units lj\npair_style granular\npair_coeff * * jkr 1 2 3 4\n", 'the normal model "jkr" is not read'],
    ["units lj\npair_style eam/alloy\npair_coeff * * f.eam Cu\n", "the file f.eam is not there"],
    [`units parsecs\n${lj(2.5).slice(9)}`, "units parsecs are not read"],
  ])("%j", (text, message) => {
    expect(refusal(text).message).toContain(message);
  });

  test("what is left out is told with its line", () => {
    const { notes } = read(
      `${lj(2.5)}pair_modify tail yes\nfix w all wall/lj93 zlo 0 1 1 2.5\nboundary p p f\n`,
    );
    expect(notes).toEqual([
      "in.test, line 5: fix wall/lj93 adds forces that are not in the model",
      "in.test, line 6: boundary p p f: softfield treats periodic boxes only",
      "in.test, line 4: the correction for the tail is left out: it is a constant at fixed volume",
    ]);
  });
});

test("pair_style again: of the same style it keeps coefficients and changes cutoffs, of another it begins anew", () => {
  const again =
    "units lj\npair_style lj/cut 2.5\npair_coeff 1 1 2 1 3\npair_modify shift yes\npair_style lj/cut 1.5\n";
  expect(json(again)).toMatchObject({ epsilon: 2, cutoff: 1.5, smoothing: 0 });
  expect(refusal(`${again}pair_style morse 2\n`).message).toContain("are missing");
  expect(json(`units lj\npair_style soft 1\npair_coeff * * 5\n${lj(2.5)}`)).toMatchObject({
    form: "lennard-jones",
  });
});

test("dpd at rest, harmonic/cut: what Debian's LAMMPS has not", () => {
  expect(json("units lj\npair_style dpd 0 1.5 1\npair_coeff * * 25 0\n")).toMatchObject({
    form: "harmonic",
    epsilon: 37.5,
    lambda: 1.5,
  });
  expect(json("units lj\npair_style harmonic/cut\npair_coeff 1 1 3 2\n")).toMatchObject({
    form: "harmonic",
    epsilon: 24,
    lambda: 2,
  });
});

test("the printed model is the model", () => {
  const { json: printed, model } = read(
    "units lj\npair_style hybrid/overlay lj/cut 2.5 yukawa 1 2\npair_coeff * * lj/cut 1 1\npair_coeff * * yukawa 2\n",
  );
  expect(parseModel(JSON.parse(JSON.stringify(printed))).definition).toEqual(model.definition);
});

test("a pair style of one's own", () => {
  registerPairStyle({
    names: ["own/gauss"],
    settings: "cutoff",
    coefficients: "height",
    terms: ({ numbers: { height, cutoff } }) => [
      { form: "gaussian", pair: { height, width: 1, cutoff }, smoothing: "none" },
    ],
  });
  expect(json("units lj\npair_style own/gauss 3\npair_coeff 1 1 2\n")).toMatchObject({
    form: "gaussian",
    height: 2,
  });
  expect(() =>
    registerPairStyle({ names: ["lj/cut"], settings: "", coefficients: "", terms: () => [] }),
  ).toThrow(/registered already/);
});
