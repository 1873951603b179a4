import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parquetBytes } from "softfield/formats";
import { predictionCurve } from "softfield/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCampaign, queryCampaign } from "../../campaign/src/index.ts";
import { collect, type EnsembleData } from "../../campaign/src/report/collect.ts";
import { drawFigure, writeReport } from "../../campaign/src/report/report.ts";
import { statistics } from "../../campaign/src/report/statistics.ts";
import type { ReportTable } from "../../campaign/src/report/tables.ts";
import {
  campaignFile,
  complete,
  type Night,
  paper as registry,
  SOFTFIELD,
  softfield,
} from "./campaign-support.ts";

const protocol = { liquidTime: 0.5, annealTime: 0.5 };
const { stages } = registry;
const FIGURES = registry.figures.map(({ name }) => name);
let night: Night;
let data: EnsembleData[];
let tables: ReportTable[];

beforeAll(async () => {
  const glass = { model: "2dipl", particles: 120, protocol };
  const compute = { lte: {}, modes: { count: 8 }, spots: {}, shear: { events: 2 }, couplings: { modes: 5 } };
  const instability = { fractions: [0.9, 0.99, 0.999] };
  night = campaignFile({
    ensembles: {
      glass: { ...glass, seeds: "1..10", compute },
      yielding: { ...glass, seeds: "101..102", compute: { instability } },
    },
  });
  await complete(night);
  data = await collect(loadCampaign(night.file, registry).campaign, { folder: night.folder, registry });
  tables = statistics(registry, data);
}, 300_000);

const rowsOf = (name: string) => tables.find((table) => table.name === name)!.rows;

async function query(sql: string): Promise<readonly (readonly unknown[])[]> {
  const { campaign } = loadCampaign(night.file, registry);
  return (await queryCampaign(campaign, { folder: night.folder, stages, sql })).rows;
}

describe("statistics of a small campaign", () => {
  test("densities integrate to one and hold every bond", async () => {
    const [[count, still, weak]] = (await query(
      "select count(*), count(*) filter (abs(lte) < 1e-4), count(*) filter (abs(f) < 1e-4) from bonds",
    )) as [[number, number, number]];
    const width = 10 ** (1 / 40) - 10 ** (-1 / 40);
    for (const [name, below] of [
      ["lte_density", still],
      ["force_density", weak],
    ] as const) {
      const rows = rowsOf(name) as [string, number, number, number, number, number][];
      expect(rows.reduce((sum, row) => sum + row[5], 0)).toBe(count - below);
      expect(rows.reduce((sum, [, x, p]) => sum + p * x * width, 0)).toBeCloseTo((count - below) / count, 12);
      for (const [, , p, low, high] of rows)
        expect(low <= p * (1 + 1e-12) && p <= high * (1 + 1e-12)).toBe(true);
    }
    expect(data[0].energies).toHaveLength(10);
  });

  test("the tail exponent is the likeliest of the bonds' bins: f = q^(1−a) of a geometric distribution", async () => {
    const [, from, count, value] = rowsOf("lte_tail")[0] as [string, number, number, number];
    const first = Math.ceil(20 * Math.log10(from / 1e-4));
    const bins = (await query("select lte from bonds"))
      .map(([lte]) => Math.floor(20 * Math.log10(Math.abs(lte as number) / 1e-4)) - first)
      .filter((bin) => bin >= 0);
    const steps = bins.reduce((sum, bin) => sum + bin, 0);
    expect(count).toBe(bins.length);
    expect(value).toBeCloseTo(1 - 20 * Math.log10(steps / (steps + count)), 12);
  });

  test("F_n, their ratio and C come from the scores of each sample's n-th event", async () => {
    const sql = "select standardized from scores where field = 'lte' and ordinal = 1 order by seed";
    const first = (await query(sql)).map(([value]) => Number(value));
    expect(first).toHaveLength(10);
    const curve = rowsOf("prediction").filter(([, field, ordinal]) => field === "lte" && ordinal === 1);
    expect(curve.map((row) => row.slice(3))).toEqual(
      predictionCurve(first).map(({ standardized, value, low, high }) => [standardized, value, low, high]),
    );
    const at = (field: string, limit: number) =>
      rowsOf("fractions").find((row) => row[1] === field && row[2] === 1 && row[3] === limit)?.[5] as number;
    expect(at("lte", 2)).toBe(first.filter((value) => value <= 2).length / 10);
    const ratio = rowsOf("prediction_ratio").find(([, n, x]) => n === 1 && x === 2)!;
    expect(ratio[3]).toBeCloseTo(at("lte", 2) / at("modes", 2), 12);
    const [[mean]] = (await query(
      "select avg(correlation) from scores where field = 'modes' and ordinal = 2",
    )) as [[number]];
    const c = rowsOf("correlation").find(([, field, n]) => field === "modes" && n === 2)!;
    expect(c[4]).toBeCloseTo(mean, 12);
  });

  test("beside chance: areas and shares are those of the spots", async () => {
    const areas = (await query(
      "select s.seed, sum(case when h.standardized = s.standardized then h.share / 2 else h.share end) " +
        "from scores s join shares h on h.seed = s.seed and h.field = s.field and " +
        "h.standardized <= s.standardized where s.field = 'lte' and s.ordinal = 2 group by s.seed order by s.seed",
    )) as [number, number][];
    expect(areas.length).toBeGreaterThan(5);
    const stored = await query(
      "select seed, area from scores where field = 'lte' and ordinal = 2 and rank > 0 order by seed",
    );
    stored.forEach(([seed, area], k) => {
      expect(seed).toBe(areas[k][0]);
      expect(area).toBeCloseTo(areas[k][1], 12);
    });
    const curve = rowsOf("prediction_area").filter(([, field, n]) => field === "lte" && n === 2);
    expect(curve.find((row) => row[3] === 0.5)![4]).toBeCloseTo(
      areas.filter(([, area]) => area <= 0.5).length / 10,
      12,
    );
    const chances = (await query(
      "select sum(share) from shares where field = 'lte' and standardized <= 2 group by seed",
    )) as [number][];
    const chance = chances.reduce((sum, [share]) => sum + share, 0) / 10;
    expect(rowsOf("prediction_chance").find((row) => row[1] === "lte" && row[2] === 2)![3]).toBeCloseTo(
      chance,
      12,
    );
    const quoted = rowsOf("fractions").find((row) => row[1] === "lte" && row[2] === 1 && row[3] === 2)!;
    const gain = rowsOf("prediction_gain").find((row) => row[1] === "lte" && row[2] === 1 && row[3] === 2)!;
    expect(gain[5]).toBeCloseTo(chance, 12);
    expect(gain[6]).toBeCloseTo((quoted[5] as number) / chance, 12);
    const [lte, modes, difference] = ["lte", "modes", "lte - modes"].map(
      (field) => rowsOf("mean_area").find((row) => row[1] === field && row[2] === 1)![4],
    ) as [number, number, number];
    expect(difference).toBeCloseTo(lte - modes, 12);
  });

  test("an ensemble without a spot in any sample has no gain over chance, and leaves that of others as it is", () => {
    const unseen = { standardized: Number.NaN, distance: Number.NaN, area: Number.NaN };
    const bare = data.map((one): EnsembleData => {
      const events = one.events.map((event) => ({
        ...event,
        scores: Object.fromEntries(
          Object.entries(event.scores).map(([field, own]) => [
            field,
            own.map((score) => score && { ...score, ...unseen }),
          ]),
        ),
      }));
      return { ...one, name: `${one.name}, bare`, events, shares: {} };
    });
    const both = statistics(registry, [...data, ...bare]);
    const gains = both.find(({ name }) => name === "prediction_gain")!.rows;
    expect(gains).toEqual(rowsOf("prediction_gain"));
    const areas = both
      .find(({ name }) => name === "mean_area")!
      .rows.filter(([name]) => name === "glass, bare");
    expect(areas.map((row) => row[4])).toEqual([0.5, 0.5, 0, 0.5, 0.5, 0]);
  });

  test("spots, strains, distances and energies", async () => {
    const [[spots]] = (await query(
      "select count(*) / 10 from spots where field = 'lte' and standardized <= 2",
    )) as [[number]];
    expect(rowsOf("spot_counts").find((row) => row[1] === "lte" && row[2] === 2)![5]).toBeCloseTo(spots, 12);
    const [[strain]] = (await query("select avg(strain) from events where ordinal = 2")) as [[number]];
    expect(rowsOf("event_strains").find((row) => row[1] === 2)![3]).toBeCloseTo(strain, 12);
    const distances = rowsOf("distances").filter((row) => row[1] === "lte") as (string | number)[][];
    const [[scored]] = (await query("select count(*) from scores where field = 'lte' and rank > 0")) as [
      [number],
    ];
    expect(distances.reduce((sum, row) => sum + Number(row[5]), 0)).toBe(scored);
    const [[energy]] = (await query("select avg(energy) / 120 from glasses where ensemble = 'glass'")) as [
      [number],
    ];
    expect(rowsOf("ensembles")[0].slice(1, 6)).toEqual(["2dipl", 120, 10, 10, 10]);
    expect(rowsOf("ensembles")[0][7]).toBeCloseTo(energy, 12);
  });

  test("modes, couplings, largest energies and paths are those that are stored", async () => {
    const [[frequency, c, f, energy]] = (await query(
      "select frequency, self_coupling, projection, greatest(lte_max, -lte_min) from modecouplings " +
        "join responses using (seed) where mode = 1 and seed = 7",
    )) as [[number, number, number, number]];
    const softest = rowsOf("softest").find((row) => row[1] === 7)!;
    expect(softest.slice(4)).toEqual([c, f, energy, (f * c) / frequency ** 4]);
    const [[complete]] = (await query(
      "select min(m) from (select max(frequency) as m from modes group by seed)",
    )) as [[number]];
    const ends = rowsOf("mode_density").map((row) => (row[2] as number) * 10 ** 0.05);
    expect(Math.max(...ends)).toBeLessThanOrEqual(complete * (1 + 1e-12));
    const [[below]] = (await query(`select count(*) from modes where frequency < ${Math.max(...ends)}`)) as [
      [number],
    ];
    const all = rowsOf("mode_density").filter((row) => row[1] === "all");
    expect(all.reduce((sum, row) => sum + (row[6] as number), 0)).toBe(below);
    const hill = rowsOf("tail_stability").findLast((row) => row[1] === "hill")!;
    const [, , from, k] = hill as [string, string, number, number];
    const largest = (await query(`select abs(lte) from bonds order by 1 desc limit ${k + 1}`)).flat();
    expect(largest.at(-1)).toBe(from);
    const logs = largest.slice(0, k).map((e) => Math.log((e as number) / from));
    expect(hill[5]).toBeCloseTo(1 + k / logs.reduce((sum, x) => sum + x, 0), 10);
    const path = await query(
      "select fraction, distance, frequency from approach where seed = 102 order by 1",
    );
    expect(
      rowsOf("approach")
        .filter((row) => row[1] === 102)
        .map((row) => row.slice(2, 5)),
    ).toEqual(path);
    const [[square]] = (await query(
      "select avg(self_coupling ** 2) from wavecouplings where polarisation = 'transverse' and wave = 2",
    )) as [[number]];
    const wave = rowsOf("waves").find((row) => row[1] === "transverse" && row[2] === 2)!;
    expect(wave[6]).toBeCloseTo(Math.sqrt(square), 12);
    const maxima = rowsOf("maxima") as [string, number, number, number, number, number][];
    for (const [, x, , , , samples] of maxima) {
      const [[above]] = (await query(
        `select count(*) from responses where greatest(lte_max, -lte_min) >= ${x}`,
      )) as [[number]];
      expect(samples).toBe(above);
    }
  });
});

describe("report", () => {
  test("writes tables, figures and one page that needs nothing else, the same each time", async () => {
    const folder = join(dirname(night.file), "out");
    const { campaign } = loadCampaign(night.file, registry);
    const source = { folder: night.folder, registry };
    const summary = await writeReport(campaign, source, { folder });
    expect(summary).toMatchObject({ figures: FIGURES, missing: {} });
    expect(readdirSync(join(folder, "figures"))).toHaveLength(3 * FIGURES.length);
    const page = readFileSync(join(folder, "report.html"), "utf8");
    expect(page.match(/<figure>/g)).toHaveLength(FIGURES.length);
    expect(page).not.toMatch(/(src|href)=|url\(|NaN|undefined/);
    expect(readFileSync(join(folder, "tables", "event_strains.csv"), "utf8").split("\n")[0]).toBe(
      "ensemble,ordinal,events,value,low,high,error",
    );
    await writeReport(campaign, source, { folder });
    expect(readFileSync(join(folder, "report.html"), "utf8")).toBe(page);
    // captions in words, the methods on the page and as text
    const captions = Array.from(page.matchAll(/<figcaption>(.*?)<\/figcaption>/g), ([, words]) => words!);
    expect(captions).toHaveLength(FIGURES.length);
    for (const words of captions) {
      expect(words).toMatch(/(Samples?: \d+ of|One sample: seed \d+ of) glass/);
      expect(words).not.toMatch(/[_*^]/);
    }
    const methods = readFileSync(join(folder, "methods.txt"), "utf8");
    for (const words of [
      "φ = ε [x⁻ⁿ + Σ c_{2ℓ} x^{2ℓ}], x = r/λ, n = 10, q = 3; S–S: ε = 1, λ = 1, r_c = 1.48",
      "φ, φ′, φ″ and φ‴ vanish at the cutoff r_c. Numbers are in reduced units, lengths in λ, energies in ε",
      "glass: 10 glasses of N = 120 particles in 2D at the density N/V = 0.86, seeds 1–10. Liquids were simulated at T = 1 ε/k_B for 0.5 τ₀",
      "and annealed there for 0.5 τ₀, then brought to the inherent structure at constant volume by FIRE, until the largest force was below 1e-12",
      "(events 2, maxStrain 0.2, tolerance 1e-8, minimizer fire)",
      "glass: 10 samples asked for; done: make 10, lte 10, modes 10, spots 10, shear 10, score 10, couplings 10.",
      "yielding: 2 samples asked for; done: make 2, instability 2.",
      "No sample failed and none was excluded.",
      "There were no warnings",
      `under Node ${process.version}`,
      "doi:10.1073/pnas.1704403114",
    ])
      expect(methods).toContain(words);
    expect(page).toContain("<h3>Potentials</h3>");
  });

  test("the mean stress of the report is that of the stored paths, with every event's drop", async () => {
    const means = rowsOf("stress_strain").filter(([name]) => name === "glass") as [string, number, number][];
    const points = (await query(
      "select seed, strain, stress, events from path where ensemble = 'glass'",
    )) as [number, number, number, number][];
    const ends = new Map<number, number>();
    for (const [seed, strain] of points) ends.set(seed, Math.max(strain, ends.get(seed) ?? 0));
    const drops = (await query("select seed, strain from events where ensemble = 'glass'")) as [
      number,
      number,
    ][];
    for (const [seed, strain] of drops) ends.set(seed, Math.max(strain, ends.get(seed)!));
    expect(means.at(-1)![1]).toBeCloseTo(Math.min(...ends.values()), 12);
    // at no strain: the mean of the first points
    const first = points.filter(([, strain]) => strain === 0).map(([, , stress]) => stress);
    expect(first).toHaveLength(10);
    expect(means[0][2]).toBeCloseTo(first.reduce((sum, x) => sum + x, 0) / 10, 12);
    const samples = rowsOf("stress_samples").filter(
      ([name, , , , event]) => name === "glass" && Number(event) > 0,
    );
    const stored = await query(
      "select seed, strain, stress_before, ordinal from events where ensemble = 'glass' and seed <= 5 order by seed, ordinal",
    );
    expect(samples.map((row) => row.slice(1))).toEqual(stored);
  });
});

describe("figures", () => {
  test.each(FIGURES)("Fig. %s is drawn by the command in every format", async (name) => {
    const { campaign } = loadCampaign(night.file, registry);
    const svg = await drawFigure(
      campaign,
      { folder: night.folder, registry },
      { name, style: "paper", tables },
    );
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain("NaN");
  });

  test("a sample by ensemble and seed, formats by ending, nothing overwritten unasked", () => {
    const folder = dirname(night.file);
    const draw = (...args: string[]) => softfield(SOFTFIELD, ["figures", night.file, ...args]);
    const out = join(folder, "three.pdf");
    expect(draw("--fig", "3", "--seed", "4", "-o", out)).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(out, "latin1").slice(0, 5)).toBe("%PDF-");
    expect(draw("--fig", "3", "-o", out).stderr).toContain("--force overwrites it");
    expect(draw("--fig", "3", "--seed", "99", "-o", join(folder, "a.svg")).stderr).toContain(
      "no sample seed 99",
    );
    expect(draw("--fig", "2", "-o", join(folder, "a.gif")).stderr).toContain("ends in .svg, .png or .pdf");
  });

  test("the inset of Fig. 2 shows two bonds of a table of molecular dynamics, and only of such a table", async () => {
    const folder = join(dirname(night.file), "md");
    mkdirSync(folder);
    const path = join(folder, "md.parquet");
    const column = (name: string, values: number[]) => ({ name, values: Float64Array.from(values) });
    writeFileSync(
      path,
      await parquetBytes({
        columns: [
          { name: "model", values: ["2dipl", "2dipl", "2dipl", "2dipl", "3dipl"] },
          column("temperature", [1e-3, 1e-3, 1e-4, 1e-4, 1]),
          column("i", [0, 1, 0, 1, 9]),
          column("j", [2, 2, 2, 2, 9]),
          column("lte", [0.5, 4, 0.5, 4, 99]),
          column("measured", [0.4, 3, 0.45, 3.9, 99]),
          column("error", [0.1, 0.1, 0.1, 0.1, 1]),
        ],
      }),
    );
    const draw = (md: string, out: string) =>
      softfield(SOFTFIELD, ["figures", night.file, "--fig", "2", "--md", md, "-o", join(folder, out)]);
    expect(draw(path, "with.svg")).toMatchObject({ status: 0, stderr: "" });
    expect(
      softfield(SOFTFIELD, ["figures", night.file, "--fig", "2", "-o", join(folder, "plain.svg")]).status,
    ).toBe(0);
    const size = (name: string) => readFileSync(join(folder, name), "utf8").length;
    expect(size("with.svg")).toBeGreaterThan(size("plain.svg"));
    writeFileSync(join(folder, "bent.parquet"), "PAR1");
    expect(draw(join(folder, "bent.parquet"), "b.svg").stderr).toContain(
      "is no table of 'softfield validate md",
    );
    expect(draw(join(folder, "none.parquet"), "b.svg").stderr).toContain("no such file");
  });
});
