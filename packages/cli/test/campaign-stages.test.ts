import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stageHash } from "@softfield/campaign";
import {
  fieldAt,
  fieldOf,
  indicatorCorrelation,
  localThermalEnergy,
  makeGlass,
  minimumOf,
  nearestSpot,
  normalModes,
  pairsOf,
  predict,
  preset,
  type SoftnessField,
  type System,
  shear,
  softnessField,
  softSpots,
} from "softfield";
import { PAIRS, particleSites } from "softfield/internal";
import { expect, test } from "vitest";
import { loadCampaign, type QueryResult, queryCampaign, runCampaign } from "../../campaign/src/index.ts";
import { placedOnTerms } from "../../campaign/src/stages/terms.ts";
import { glassCouplings } from "../../reproduction/src/physics/couplings.ts";
import { approachInstability } from "../../reproduction/src/physics/instability.ts";
import { registry } from "../src/shell/registry.ts";
import { campaignFile, filesBelow, type Night } from "./campaign-support.ts";

const protocol = { liquidTime: 0.5, annealTime: 0.5 };

async function run(night: Night) {
  const { campaign } = loadCampaign(night.file, registry);
  return await runCampaign(campaign, { registry, folder: night.folder, threads: 2 });
}

async function query(night: Night, sql: string): Promise<QueryResult["rows"]> {
  const { campaign } = loadCampaign(night.file, registry);
  return (await queryCampaign(campaign, { folder: night.folder, stages: registry.stages, sql })).rows;
}

/** The field of a value a particle, on the bins of another. */
function baselineOf({ box, positions }: System, values: Float64Array, grid: SoftnessField) {
  return fieldOf(box, positions, [{ sites: particleSites(values.length, box.dimension), values }], { grid });
}

test("what is stored is what the library computes of the same seed, bit for bit", async () => {
  const night = campaignFile(
    { compute: { lte: {}, modes: { count: 5 }, spots: {} } },
    { particles: 150, seeds: 3, protocol },
  );
  expect(await run(night)).toMatchObject({ total: 1, done: 1 });
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 150, seed: 3, protocol });
  const response = localThermalEnergy(minimumOf(system, model, { arithmetic: "reproducible" }));
  const { i, j, r, phi1 } = pairsOf(response.interactions);
  const [bonds] = response.energies;
  expect(await query(night, "select i, j, lte, harmonic, r, f from bonds order by i, j")).toEqual(
    Array.from(bonds.lte, (lte, m) => [i[m], j[m], lte, bonds.harmonic[m], r[m], phi1[m]]),
  );
  const positions = await query(night, "select x, y, thermal_x, thermal_y from particles");
  expect(positions.flatMap((row) => row.slice(0, 2))).toEqual([...system.positions]);
  expect(positions.flatMap((row) => row.slice(2))).toEqual([...response.displacement]);
  const modes = normalModes(minimumOf(system, model, { arithmetic: "reproducible" }), { count: 5 });
  expect((await query(night, "select frequency from modes order by mode")).flat()).toEqual([
    ...modes.frequencies,
  ]);
  const field = softnessField(system.box, system.positions, response.energies);
  const baseline = baselineOf(system, modes.weights, field);
  const expected = [field, baseline].flatMap((map, k) =>
    softSpots(map, 3).spots.map(({ rank, score, standardized, position }) => {
      return [k === 0 ? "lte" : "modes", rank, score, standardized, ...position];
    }),
  );
  expect(expected.length).toBeGreaterThan(1);
  const columns = "field, rank, score, standardized, x, y";
  expect(await query(night, `select ${columns} from spots order by field, rank`)).toEqual(expected);
  const largest = Math.max(...bonds.lte.map(Math.abs));
  const counted = "select sum(count), max(bin) from histogram where quantity = 'lte'";
  expect(await query(night, counted)).toEqual([
    [bonds.lte.length, Math.floor(20 * Math.log10(largest / 1e-4))],
  ]);
  const forces = "select sum(count) from histogram where quantity = 'force'";
  expect(await query(night, forces)).toEqual([[bonds.lte.length]]);
});

test("events and their scores are those of the library, in the unsheared glass", async () => {
  const compute = { lte: {}, modes: { count: 8 }, spots: {}, shear: { events: 2 } };
  const night = campaignFile({ compute, keep: { bonds: "soft" } }, { particles: 150, seeds: 4, protocol });
  expect(await run(night)).toMatchObject({ done: 1 });
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 150, seed: 4, protocol });
  const { events } = shear(system, model, { events: 2 });
  const columns = "ordinal, strain, particle, trigger, energy_before, energy_after, stress_after, rearranged";
  expect(await query(night, `select ${columns} from events order by ordinal`)).toEqual(
    events.map((e) => {
      return [
        e.ordinal,
        e.strain,
        e.particle,
        e.trigger,
        e.energyBefore,
        e.energyAfter,
        e.stressAfter,
        e.rearranged,
      ];
    }),
  );
  const { energies } = localThermalEnergy(minimumOf(system, model, { arithmetic: "reproducible" }));
  const field = softnessField(system.box, system.positions, energies);
  const { weights } = normalModes(minimumOf(system, model, { arithmetic: "reproducible" }), { count: 8 });
  const baseline = baselineOf(system, weights, field);
  const expected = [
    ["lte", softSpots(field, 4).spots, fieldAt(field, system.positions)] as const,
    ["modes", softSpots(baseline, 4).spots, fieldAt(baseline, system.positions)] as const,
  ].flatMap(([name, spots, indicator]) =>
    events.flatMap(({ ordinal, particle }) => {
      const near = nearestSpot(system.box, system.positions.subarray(2 * particle, 2 * particle + 2), spots);
      const correlation = indicatorCorrelation(indicator, particle);
      return near ? [[name, ordinal, near.rank, near.standardized, near.distance, correlation]] : [];
    }),
  );
  expect(expected).toHaveLength(4);
  const asked = "field, ordinal, rank, standardized, distance, correlation";
  expect(await query(night, `select ${asked} from scores order by field, ordinal`)).toEqual(expected);
});

test("other indicators are mapped and scored beside the two, which stay as they are", async () => {
  const spots = { indicators: ["nonaffinity", "debye-waller"] };
  const asked = { lte: {}, spots, shear: { events: 1 } };
  const glass = { particles: 150, seeds: 4, protocol };
  const night = campaignFile({ compute: asked }, glass);
  expect(await run(night)).toMatchObject({ done: 1 });
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 150, seed: 4, protocol });
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const names = ["lte", ...spots.indicators];
  const options = { indicators: names, seed: 4, shear: { events: 1 } };
  const { maps, scores } = predict(minimum, options);
  const found = await query(night, "select field, value from fields");
  expect(found).toEqual(
    maps.flatMap(({ indicator, field }) => Array.from(field.values, (value) => [indicator.name, value])),
  );
  const told = await query(night, "select field, correlation from scores");
  expect(told).toEqual(names.map((name) => [name, scores[0].scores[name].correlation]));
  const plain = campaignFile({ compute: { ...asked, spots: {} } }, glass);
  expect(await run(plain)).toMatchObject({ done: 1 });
  const energies = "select rank, score from spots where field = 'lte' order by rank";
  expect(await query(night, energies)).toEqual(await query(plain, energies));
});

test("couplings and the approach to an instability are those of the library, bit for bit", async () => {
  const fractions = [0.5, 0.999];
  const compute = { couplings: { modes: 3 }, instability: { fractions } };
  const night = campaignFile({ compute }, { particles: 150, seeds: 4, protocol });
  expect(await run(night)).toMatchObject({ total: 1, done: 1 });
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 150, seed: 4, protocol });
  const { modes, waves } = glassCouplings(minimumOf(system, model, { arithmetic: "reproducible" }), {
    modes: 3,
    waves: 6,
  });
  const columns = "frequency, participation, self_coupling, cross_coupling, projection";
  expect(await query(night, `select mode, ${columns} from modecouplings order by mode`)).toEqual(
    Array.from(modes.frequencies, (frequency, k) => {
      const { participation, selfCoupling, crossCoupling, projection } = modes;
      return [k + 1, frequency, participation[k], selfCoupling[k], crossCoupling[k], projection[k]];
    }),
  );
  const asked =
    "polarisation, wave, waves, frequency, relaxed_frequency, self_coupling, cross_coupling, projection";
  expect(await query(night, `select ${asked} from wavecouplings order by wave, polarisation desc`)).toEqual(
    waves.map((row) => [
      row.polarisation,
      row.number,
      row.waves,
      row.frequency,
      row.relaxedFrequency,
      row.selfCoupling,
      row.crossCoupling,
      row.projection,
    ]),
  );
  const { points } = approachInstability(system, model, { fractions, arithmetic: "reproducible" });
  expect(
    await query(
      night,
      "select fraction, strain, distance, frequency, participation, self_coupling, projection, lte_largest from approach order by strain",
    ),
  ).toEqual(
    points.map((p) => [
      p.fraction,
      p.strain,
      p.distance,
      p.frequency,
      p.participation,
      p.selfCoupling,
      p.projection,
      p.largestEnergy,
    ]),
  );
});

test("a glass that does not yield in reach is noted as failed, and nothing else with it", async () => {
  const compute = { couplings: { modes: 1, waves: 0 }, instability: { maxStrain: 1e-4 } };
  const night = campaignFile({ compute }, { particles: 60, seeds: 1, protocol });
  expect(await run(night)).toMatchObject({ done: 0, failed: 1 });
  const [[stage, reason]] = (await query(
    night,
    "select stage, reason from samples where status = 'failed'",
  )) as [[string, string]];
  expect([stage, reason]).toEqual([
    "instability",
    "no first plastic event: there is none up to the strain 0.0001",
  ]);
  expect(await query(night, "select count(*) from modecouplings")).toEqual([[1]]);
});

test("results that are stored stay valid: identities of the paper's ensemble", () => {
  const compute = { lte: {}, modes: { count: 30 }, spots: {}, shear: { events: 5 } };
  const night = campaignFile({ compute }, { particles: 10_000, protocol: {} });
  const [ensemble] = loadCampaign(night.file, registry).campaign.ensembles;
  const { stages } = registry;
  expect(
    stages.flatMap((stage) => {
      const hash = stageHash(stage, ensemble!, stages);
      return hash === undefined ? [] : `${stage.name} ${hash.slice(0, 12)}`;
    }),
  ).toEqual([
    "make 1bf692637af6",
    "lte 7d328edf3659",
    "modes 28e30e3d105c",
    "spots e3266cd67282",
    "shear 67616641b364",
    "score f0b35f55083e",
  ]);
});

test("changing what is computed makes no glass anew; new seeds and a new name make only what is new", async () => {
  const ensemble = { particles: 60, seeds: "1..3", protocol };
  const night = campaignFile({ compute: { lte: {} } }, ensemble);
  await run(night);
  const files = (stage: string) => filesBelow(night.folder).filter((path) => path.startsWith(stage));
  const contents = () => files("make").map((path) => readFileSync(join(night.folder, path), "utf8"));
  const before = contents();
  const glasses = { ...loadFields(night), compute: { lte: {}, spots: {} }, keep: { bonds: "soft" } };
  rewrite(night, glasses);
  expect(await run(night)).toMatchObject({ done: 3, made: 3 });
  expect(contents()).toEqual(before);
  expect(new Set(files("lte").map((path) => path.split("/")[1])).size).toBe(2);
  const [[stiff]] = (await query(night, "select count(*) from bonds where abs(lte) < 1.1")) as [[number]];
  expect(stiff).toBe(0);
  rewrite(night, { ...glasses, ensembles: { renamed: { ...glasses.ensembles.glass, seeds: "1..4" } } });
  expect(await run(night)).toMatchObject({ total: 4, done: 4, made: 1 });
});

test("spots do not depend on whether stiff bonds are stored", async () => {
  const spots = await Promise.all(
    ["all", "soft"].map(async (bonds) => {
      const fields = { compute: { lte: {}, spots: {} }, keep: { bonds } };
      const night = campaignFile(fields, { particles: 400, seeds: 1, protocol });
      await run(night);
      return await query(night, "select rank, score, standardized, x, y from spots");
    }),
  );
  expect(spots[0].length).toBeGreaterThan(0);
  expect(spots[0]).toEqual(spots[1]);
});

test("stored energies find their bonds, images of one pair by their distance", () => {
  const members = [Int32Array.of(0, 0, 0, 1), Int32Array.of(1, 1, 2, 2)];
  const bonds = {
    kind: PAIRS,
    count: 4,
    sites: () => ({ members, offsets: new Float64Array(8) }),
    measures: () => ({ r: Float64Array.of(1.2, 1.1, 0.9, 1) }),
  };
  const stored = {
    i: Float64Array.of(0, 1),
    j: Float64Array.of(1, 2),
    r: Float64Array.of(1.1, 1),
    lte: Float64Array.of(7, 8),
  };
  expect([...placedOnTerms(bonds, stored)]).toEqual([0, 7, 0, 8]);
});

interface Fields {
  readonly ensembles: { readonly glass: object };
}

function loadFields(night: Night): Fields {
  return JSON.parse(readFileSync(night.file, "utf8")) as Fields;
}

function rewrite(night: Night, fields: object): void {
  writeFileSync(night.file, JSON.stringify(fields));
}
