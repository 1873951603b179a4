import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelToJson, preset } from "softfield";
import { expect, test } from "vitest";
import { loadCampaign, placedStages } from "../../campaign/src/index.ts";
import { placedLabels } from "../../figures/test/svg-labels.ts";
import { registry } from "../src/shell/registry.ts";
import { campaignFile, filesBelow, refusal, SOFTFIELD, softfield } from "./campaign-support.ts";

/** Constants of CODATA 2018: √(u Å²/eV) in fs, 1 eV/k_B in K. */
const [FS, KELVIN] = [10.180505710759414, 11604.518121550082];

const loaded = (fields: object, ensemble: object) =>
  loadCampaign(campaignFile(fields, ensemble).file, registry).campaign.ensembles[0];

test("a campaign, or one of its ensembles, says the units of a model that names none", () => {
  expect(loaded({}, {}).model.units).toBeUndefined();
  expect(loaded({ units: "metal" }, {}).model.units).toBe("Å, eV, u");
  const own = { length: "nm", energy: "kJ/mol", mass: "u" };
  expect(loaded({ units: "metal" }, { units: own }).model.units).toBe("nm, kJ/mol, u");
  // numbers are the same: only their names change
  expect(loaded({ units: "metal" }, {}).model.coefficients).toEqual(preset("2dipl").coefficients);
});

test("a model's own units stay; others for it are refused", () => {
  expect(loaded({ units: "si" }, silica).model.units).toBe("Å, eV, u");
  expect(loaded({}, { ...silica, units: "metal" }).model.units).toBe("Å, eV, u");
  expect(refusal(() => loaded({}, { ...silica, units: "real" }))).toMatch(
    /ensembles\.glass\.units: the model says that its units are Å, eV, u: leave this out, or change the model/,
  );
});

test("numbers of a protocol in K, fs and K/ps", () => {
  const protocol = {
    kind: "cooling",
    liquidTemperature: "7000 K",
    liquidTime: "0.2ps",
    finalTemperature: "300K",
    coolingRate: "10 K/ps",
    dt: "1 fs",
    relaxation: 5,
  };
  const found = loaded({}, { model: "bks-silica", particles: 648, seeds: 1, protocol }).protocol!;
  expect(found.liquidTemperature).toBeCloseTo(7000 / KELVIN, 12);
  expect(found.liquidTime).toBeCloseTo(200 / FS, 10);
  expect(found.finalTemperature).toBeCloseTo(300 / KELVIN, 12);
  expect(found.coolingRate).toBeCloseTo((10 / KELVIN) * (FS / 1000), 12);
  expect(found.dt).toBeCloseTo(1 / FS, 12);
  expect(found.relaxation).toBe(5);
});

test.each([
  [
    { liquidTemperature: "7000 K" },
    "2dipl",
    /liquidTemperature: "7000 K": the model 2dipl does not say its units/,
  ],
  [
    { liquidTemperature: "7000 fs" },
    "bks-silica",
    /liquidTemperature: "7000 fs": the unit must be K, found "fs"/,
  ],
  [{ dt: "fast" }, "bks-silica", /dt: "fast": give a number/],
  [{ dt: "-1 fs" }, "bks-silica", /dt: must be greater than 0, found "-1 fs"/],
])("%j of %s is refused with its field", (protocol, model, words) => {
  expect(refusal(() => loaded({}, { model, particles: 648, seeds: 1, protocol }))).toMatch(words);
});

const silica = { model: "bks-silica", particles: 648, seeds: 1, protocol: undefined };

test("temperatures, times and rates of sections, as commands take them", () => {
  const compute = {
    deform: { temperatures: ["300K", 0.01], rates: ["1e-4/ps", 2e-6], interval: "0.5 ps" },
    propensity: { temperature: "3000 K", times: ["100fs", "1 ps", 200], heating: "0ps" },
  };
  const { compute: found } = loaded({ compute }, silica);
  const deform = found.deform as {
    temperatures: number[];
    rates: number[];
    interval: number;
    events: number;
  };
  expect(deform.temperatures[0]).toBeCloseTo(300 / KELVIN, 12);
  expect(deform.temperatures[1]).toBe(0.01);
  expect(deform.rates[0]).toBeCloseTo(1e-4 * (FS / 1000), 14);
  expect(deform.rates[1]).toBe(2e-6);
  expect(deform.interval).toBeCloseTo(500 / FS, 10);
  expect(deform.events).toBe(5);
  const propensity = found.propensity as { temperature: number; times: number[]; heating: number };
  expect(propensity.temperature).toBeCloseTo(3000 / KELVIN, 12);
  expect(propensity.times.map((time) => Number((time * FS).toFixed(6)))).toEqual(
    [100, 1000, 200 * FS].map((x) => Number(x.toFixed(6))),
  );
  expect(propensity.heating).toBe(0);
});

test("one section of two models is read in the units of each; what is stored is known by numbers", () => {
  const compute = { propensity: { temperature: "300 K", times: ["1 ps"] } };
  const two = {
    metal: { ...silica, compute },
    si: { model: "sw-silicon-metal", particles: 216, seeds: 1, compute },
  };
  const { ensembles } = loadCampaign(campaignFile({ ensembles: two }).file, registry).campaign;
  const hashes = ensembles.map((ensemble) => placedStages(ensemble, registry.stages).at(-1)!.place.hash);
  const [inMetal, inSilicon] = ensembles.map(({ compute: { propensity } }) => propensity as object);
  expect(inMetal).toEqual(inSilicon);
  const numbers = { metal: { ...silica, compute: { propensity: inMetal } } };
  const [same] = loadCampaign(campaignFile({ ensembles: numbers }).file, registry).campaign.ensembles;
  expect(placedStages(same, registry.stages).at(-1)!.place.hash).toBe(hashes[0]);
});

test.each([
  [
    { deform: { temperatures: ["300fs"], rates: [1] } },
    /compute\.deform\.temperatures\[0\]: "300fs": the unit must be K/,
  ],
  [
    { deform: { temperatures: [1], rates: ["10 K/ps"] } },
    /rates\[0\]: "10 K\/ps": the unit must be 1\/fs, 1\/ps, 1\/ns/,
  ],
  [{ deform: { temperatures: ["0K"], rates: [1] } }, /temperatures\[0\]: must be greater than 0, found "0K"/],
  [{ propensity: { temperature: 1, times: ["2 ps", "1 ps"] } }, /compute\.propensity\.times: must ascend/],
])("%j is refused with its place", (compute, words) => {
  expect(refusal(() => loaded({ compute }, silica))).toMatch(words);
});

test("of a model without units only numbers are taken", () => {
  const compute = { propensity: { temperature: "300K", times: [1] } };
  expect(refusal(() => loaded({ compute }, {}))).toMatch(
    /propensity\.temperature: "300K": the model 2dipl does not say its units/,
  );
});

test("tables, statistics, captions and axes of a campaign are in them", () => {
  const compute = { lte: {}, spots: {}, shear: { events: 1 } };
  const night = campaignFile({ units: "metal", compute }, { particles: 100, seeds: "1..2" });
  expect(softfield(SOFTFIELD, ["run", night.file, "--threads", "1"])).toMatchObject({ status: 0 });
  expect(softfield(SOFTFIELD, ["report", night.file])).toMatchObject({ status: 0 });
  const report = (...path: string[]) => readFileSync(join(night.folder, "report", ...path), "utf8");
  expect(report("tables", "force_density.csv")).toMatch(/,unit\n[^\n]*,eV\/Å\n/);
  expect(report("tables", "distances.csv")).toMatch(/,unit\n[^\n]*,Å\n/);
  expect(report("tables", "stress_strain.csv")).toContain("eV/Å²");
  expect(report("report.html")).toContain("Å, eV, u");
  expect(report("methods.txt")).not.toMatch(/reduced units/);
  for (const name of ["si2", "stress"]) {
    const axes = placedLabels(report("figures", `fig-${name}.svg`)).map(({ text }) => text);
    expect(axes.join("; ")).toMatch(/eV/);
    expect(axes.join("; ")).not.toMatch(/λ|ε/);
  }
  // the same in the columns of the store
  const [stored] = filesBelow(night.folder).filter((path) => /^lte.*particles\.parquet$/.test(path));
  const bytes = readFileSync(join(night.folder, stored), "latin1");
  expect(Buffer.from(bytes, "latin1").toString("utf8")).toContain("Å/eV");
}, 120_000);

test("a model file's own word is the same as the campaign's", () => {
  const night = campaignFile({}, { model: "own.json" });
  const definition = { ...modelToJson(preset("2dipl")), units: "metal" };
  writeFileSync(join(night.folder, "..", "own.json"), JSON.stringify(definition));
  const { model } = loadCampaign(night.file, registry).campaign.ensembles[0];
  expect(model.definition).toEqual(loaded({ units: "metal" }, {}).model.definition);
});
