import fc from "fast-check";
import { ForceField, initialConfiguration, preset, SoftfieldError } from "softfield";
import { expect, test } from "vitest";
import { registry } from "../../../cli/src/shell/registry.ts";
import { glassText, parseCampaign } from "./campaign.ts";
import { canonicalJson, type Json } from "./canonical.ts";
import { type StageIdentity, stageHash } from "./identity.ts";
import { describeSeeds, parseSeeds } from "./seeds.ts";

const reader = {
  file: "night.yaml",
  model: (name: string) => preset(name as "2dipl"),
  sections: registry.sections,
};
const smallest = { name: "night", ensembles: { glass: { model: "2dipl", particles: 400, seeds: "1..3" } } };

function refusal(json: unknown): string {
  try {
    parseCampaign(json, reader);
  } catch (error) {
    if (error instanceof SoftfieldError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("canonical JSON does not depend on the order of keys and reads back to the value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      expect(canonicalJson(reversed(value) as Json)).toBe(text);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
  expect(() => canonicalJson([Number.NaN])).toThrow(SoftfieldError);
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
}

test("seeds: numbers, ranges, lists; described as they were given", () => {
  expect(parseSeeds("1..3, 7")).toEqual({ status: "parsed", seeds: [1, 2, 3, 7] });
  expect(parseSeeds([9, "0..1"])).toEqual({ status: "parsed", seeds: [0, 1, 9] });
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50), { minLength: 1 }), (given) => {
      const seeds = [...given].sort((a, b) => a - b);
      expect(parseSeeds(describeSeeds(seeds))).toEqual({ status: "parsed", seeds });
      expect(parseSeeds(given)).toEqual({ status: "parsed", seeds });
    }),
  );
});

test.each([
  ["1..200, 150..300", 'seed 150 is given twice, by "1..200" and by "150..300"'],
  [[5, 5], 'seed 5 is given twice, by "5" and by "5"'],
  ["1...3", '"1...3" is neither'],
  ["-4", '"-4" is neither'],
  ["3..1", '"3..1" runs backwards: write 1..3'],
  ["9007199254740992", "seeds go up to 9007199254740991"],
  ["1..9000000", "9000000 seeds; at most 1000000"],
  ["", "no seed is given"],
])("seeds %s are refused", (given, words) => {
  const found = parseSeeds(given);
  expect(found.status === "invalid" && found.reason).toContain(words);
});

test("a campaign is filled in by its model and frozen", () => {
  const campaign = parseCampaign(smallest, reader);
  const [glass] = campaign.ensembles;
  expect(campaign.output).toBe("night");
  expect(campaign.seeds.get("glass")).toEqual([1, 2, 3]);
  expect(glass!.protocol).toMatchObject({ liquidTemperature: 1, annealTemperature: 0.48, annealTime: 200 });
  expect([glass!.compute, glass!.keep]).toEqual([{}, { bonds: "all" }]);
  expect(Object.isFrozen(glass!.protocol)).toBe(true);
  const empty = parseCampaign({ ...smallest, compute: { lte: null }, keep: null }, reader);
  expect(empty.ensembles[0].compute).toEqual({ lte: {} });
  const own = { glass: { ...smallest.ensembles.glass, compute: null } };
  expect(
    parseCampaign({ ...smallest, ensembles: own, compute: { lte: {} } }, reader).ensembles[0].compute,
  ).toEqual({});
});

test.each([
  [{ ...smallest, ensmbles: {} }, 'night.yaml: ensmbles: unknown field; did you mean "ensembles"?'],
  [{ ...smallest, compute: { ltee: {} } }, 'compute.ltee: unknown field; did you mean "lte"?'],
  [{ ...smallest, compute: { lte: { a: 1 } } }, "compute.lte.a: unknown field; no field belongs here"],
  [{ ...smallest, keep: { bond: "all" } }, 'keep.bond: unknown field; did you mean "bonds"?'],
  [{ ...smallest, keep: { bonds: "none" } }, 'keep.bonds: must be "all" or "soft", found "none"'],
  [{ ...smallest, name: "a b" }, 'name: must be made of letters, digits, ., _ and -, found "a b"'],
  [{ name: "night" }, "ensembles: must be a section of named ensembles, it is missing"],
  [{ ...smallest, ensembles: {} }, "ensembles: must name at least one ensemble"],
  [[], "must be a section of fields, found []"],
  [
    { ...smallest, compute: { spots: null } },
    'compute.spots: needs local thermal energies: add an "lte" section',
  ],
  [
    { ...smallest, compute: { lte: {}, spots: { indicators: ["energy", "softness"] } } },
    'compute.spots.indicators.1: there is no indicator "softness"; there are debye-waller, displacement, energy, ',
  ],
  [
    { ...smallest, compute: { lte: {}, spots: { indicators: ["modes"] } } },
    'compute.spots.indicators.0: "modes" is mapped by itself where its section asks for it',
  ],
  [
    { ...smallest, compute: { modes: { count: 799 } } },
    "compute.modes.count: 799 modes: there are 798 vibrations",
  ],
  [
    { ...smallest, compute: { couplings: { wave: 3 } } },
    'couplings.wave: unknown field; did you mean "waves"?',
  ],
  [
    { ...smallest, compute: { couplings: { modes: -1 } } },
    "compute.couplings.modes: must be at least 0, found -1",
  ],
  [
    { ...smallest, compute: { couplings: { modes: 799 } } },
    "compute.couplings.modes: 799 modes: there are 798",
  ],
  [
    { ...smallest, compute: { couplings: { waves: 11 } } },
    "compute.couplings.waves: waves up to the number 11: beyond 10",
  ],
  [{ ...smallest, compute: { couplings: { modes: 0, waves: 0 } } }, "compute.couplings: asks for neither"],
  [
    { ...smallest, compute: { instabilty: null } },
    'compute.instabilty: unknown field; did you mean "instability"?',
  ],
  [{ ...smallest, compute: { instability: { fraction: 0.5 } } }, 'did you mean "fractions"?'],
  [
    { ...smallest, compute: { instability: { fractions: [0.5, 1] } } },
    "compute.instability.fractions[1]: must be less than 1, found 1",
  ],
  [
    { ...smallest, compute: { instability: { fractions: [0] } } },
    "compute.instability.fractions[0]: must be greater than 0, found 0",
  ],
  [{ ...smallest, compute: { instability: { fractions: [] } } }, "instability.fractions: must not be empty"],
  [
    { ...smallest, compute: { lte: null, spots: { reading: "mean-of-all" } }, keep: { bonds: "soft" } },
    'compute.spots: needs bonds with |E| < 1.1, which keep.bonds "soft" does not store',
  ],
  [
    { ...smallest, compute: { lte: null, spots: { bins: 4097 } } },
    "compute.spots.bins: must be at most 4096 along each edge of a 2D box, found 4097",
  ],
  [
    { ...smallest, ensembles: { "two words": smallest.ensembles.glass } },
    'ensembles["two words"]: must be made of letters, digits, ., _ and -, found "two words"',
  ],
  [{ ...smallest, compute: { lte: null, spots: { redaing: "sum" } } }, 'did you mean "reading"?'],
])("%j is refused", (json, words) => {
  expect(refusal(json)).toContain(words);
});

test.each([
  [{ seed: 4 }, 'ensembles.glass.seed: unknown field; did you mean "seeds"?'],
  [{ particles: 1.5 }, "ensembles.glass.particles: must be a whole number, found 1.5"],
  [{ particles: 0 }, "ensembles.glass.particles: must be at least 1, found 0"],
  [{ seeds: "1..3, 2" }, 'ensembles.glass.seeds: seed 2 is given twice, by "1..3" and by "2"'],
  [{ seeds: { a: 1 } }, "ensembles.glass.seeds: must be a number or text or a list"],
  [{ protocol: { annealtime: 3 } }, 'protocol.annealtime: unknown field; did you mean "annealTime"?'],
  [{ protocol: { kind: "cooling", annealTime: 3 } }, 'protocol.annealTime: belongs to kind "anneal", but'],
  [{ protocol: { kind: "cooling", finalTemperature: 2 } }, "protocol.finalTemperature: cooling goes down"],
  [{ particles: 1 }, "ensembles.glass.particles: the number of particles must be"],
  [{ protocol: { liquidTime: -3 } }, "protocol.liquidTime: must be at least 0, found -3"],
  [
    { model: "3dkablj", particles: 18 },
    "ensembles.glass.particles: the box of 18 particles is 2.466 wide, not more than the cutoff 2.500 of 3dkablj: " +
      "particles would interact with their own images; take at least 19",
  ],
  [
    { model: "3dipl", compute: { lte: null, spots: { bins: 257 } } },
    "ensembles.glass.compute.spots.bins: must be at most 256 along each edge of a 3D box, found 257",
  ],
])("an ensemble with %j is refused", (fields, words) => {
  expect(
    refusal({ ...smallest, ensembles: { glass: { ...smallest.ensembles.glass, ...fields } } }),
  ).toContain(words);
});

test("the smallest boxes and the finest grids that are taken are those with which a sample can be made", () => {
  for (const [model, particles] of [
    ["2dipl", 4],
    ["3dipl", 8],
    ["3dkablj", 19],
  ] as const) {
    const ofSize = (count: number) => ({
      ...smallest,
      ensembles: { glass: { model, particles: count, seeds: 1 } },
      compute: { lte: null, spots: { bins: model === "2dipl" ? 4096 : 256 } },
    });
    expect(parseCampaign(ofSize(particles), reader).ensembles).toHaveLength(1);
    expect(refusal(ofSize(particles - 1))).toContain(`take at least ${particles}`);
    const field = (count: number) =>
      ForceField.create(initialConfiguration(preset(model), count, 1), preset(model)).energy;
    expect(field(particles)).toBeGreaterThan(-Infinity);
    expect(() => field(particles - 1)).toThrow("less than the cutoff");
  }
});

test("of a long value that can't be, its beginning is shown", () => {
  expect(refusal("word ".repeat(2000))).toMatch(
    /must be a section of fields, found "(word ){11}word… \(10002 characters\)$/,
  );
});

test("two ensembles of one glass must not share a seed; of different glasses they may", () => {
  const twice = (second: object) => ({
    ...smallest,
    ensembles: { ...smallest.ensembles, again: { ...smallest.ensembles.glass, seeds: "3..5", ...second } },
  });
  expect(refusal(twice({}))).toContain('ensembles.again.seeds: seed 3 overlaps with ensemble "glass"');
  expect(parseCampaign(twice({ particles: 401 }), reader).ensembles).toHaveLength(2);
});

test("errors of the model and lines of the file are passed on", () => {
  const model = () => {
    throw new SoftfieldError("model", "no such model");
  };
  expect(() => parseCampaign(smallest, { ...reader, file: "n.yaml", lineOf: () => 4, model })).toThrow(
    "n.yaml:4: ensembles.glass.model: no such model",
  );
  const { glass: _, ...bare } = preset("2dipl");
  expect(() => parseCampaign(smallest, { ...reader, model: () => bare })).toThrow(
    'has no dimension or no "glass" section',
  );
});

test("a stage's identity follows its options, its version and what it reads, and nothing else", () => {
  const stages = (version: number): StageIdentity[] => [
    { name: "make", inputs: [], version, options: glassText },
    { name: "lte", inputs: ["make"], version: 1, options: ({ keep }) => ({ bonds: keep.bonds }) },
    { name: "spots", inputs: ["lte"], version: 1, options: () => undefined },
  ];
  const hashes = (json: unknown, version = 1) => {
    const [ensemble] = parseCampaign(json, reader).ensembles;
    return stages(version).map((stage) => stageHash(stage, ensemble!, stages(version)));
  };
  const changed = (fields: object) => ({
    ...smallest,
    ensembles: { renamed: { ...smallest.ensembles.glass, ...fields } },
  });
  const [make, lte, spots] = hashes(smallest);
  expect([make, lte]).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
  expect(spots).toBeUndefined();
  expect(hashes(changed({ seeds: 8, protocol: { annealTime: 200 } }))).toEqual([make, lte, spots]);
  const kept = hashes({ ...smallest, keep: { bonds: "soft" } });
  expect(kept[0]).toBe(make);
  expect(kept[1]).not.toBe(lte);
  for (const other of [
    hashes(changed({ particles: 401 })),
    hashes(changed({ protocol: { annealTime: 1 } })),
    hashes(smallest, 2),
  ]) {
    expect(other[0]).not.toBe(make);
    expect(other[1]).not.toBe(lte);
  }
});
