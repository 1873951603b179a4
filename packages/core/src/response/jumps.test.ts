import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { siliconCarbon } from "../../test/tersoff.ts";
import { makeGlass } from "../deform/index.ts";
import { PairSpread, Pairs, pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { modelToJson, type PairModel, parseModel, preset } from "../models/index.ts";
import { createBox } from "../space/index.ts";
import { allModes, localThermalEnergy } from "./index.ts";
import { jumpShares } from "./jumps.ts";

/** Four pairs along x, of a distance variance of c k_BT each; E = 1, −2, 3, −4. */
function shares(model: PairModel, r: readonly number[], c: number) {
  const d = model.dimension!;
  const column = (of: (m: number) => number) => Float64Array.from(r, (_, m) => of(m));
  const pairs = new Pairs({
    dimension: d,
    particleCount: 2,
    i: new Int32Array(r.length),
    j: new Int32Array(r.length).fill(1),
    r: Float64Array.from(r),
    du: Float64Array.from(r.flatMap((x) => [x, ...new Array(d - 1).fill(0)])),
    ...{ phi0: column(() => 0), phi1: column(() => 0), phi2: column(() => 0), phi3: column(() => 0) },
  });
  const covariances = Float64Array.from({ length: r.length * d * d }, (_, k) =>
    k % (d * d) === 0 ? c : 1e9,
  );
  const minimum = {
    model,
    // the backbone is the last two of three particles: S and L
    system: {
      box: createBox(
        d,
        Float64Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 9 : 0)),
      ),
      positions: new Float64Array(3 * d),
      species: Int32Array.of(1, 0, 1),
    },
    backbone: { particles: Int32Array.of(1, 2), interactions: { families: [pairs] } },
  };
  const energies = column((m) => (m % 2 === 0 ? 1 : -1) * (m + 1));
  return jumpShares(minimum, [new PairSpread(pairs, covariances)], [energies]);
}

test("pairs within their thermal spread of a radius, and their part of Σ|E|", () => {
  const found = shares(preset("falk-langer"), [1.95, 2.2, 2.04, 2.48], 0.01)!;
  // √(0.373·0.01) = 0.061
  expect(found.temperature).toBe(0.373);
  expect(found.radii).toMatchObject([
    { of: "bond", radius: 2, order: 3, terms: 2, share: 0.5, energyShare: 0.4 },
    { of: "bond", radius: 2.5, order: 3, terms: 1, share: 0.25, energyShare: 0.4 },
  ]);
  // 0.04²/0.01 and 0.02²/0.01
  expect(found.radii[0].from).toBeCloseTo(0.16, 12);
  expect(found.radii[1].from).toBeCloseTo(0.04, 12);
});

test("without a T_g: the temperature from which on the first pair is within reach", () => {
  const { glass: _, ...bare } = modelToJson(preset("silica-2d"));
  const found = shares(parseModel(bare), [9.99, 2], 0.01)!;
  expect(found.temperature).toBeUndefined();
  expect(found.radii).toHaveLength(1);
  const [{ radius, order, from, terms }] = found.radii;
  expect([radius, order, terms]).toEqual([10, 2, undefined]);
  expect(from).toBeCloseTo(0.01, 10);
});

test("nothing where φ‴ is continuous", () => {
  expect(shares(preset("3dkablj"), [2, 2.4], 0.01)).toBeUndefined();
});

test("bond orders: legs within reach of R ± D of their own kind, by the modes of the glass", () => {
  const model = parseModel(siliconCarbon());
  const protocol = { kind: "instantaneous", liquidTime: 2 } as const;
  const minimum = minimumOf(makeGlass({ model, particles: 32, seed: 3, protocol }).system, model);
  const { jumps, energies } = localThermalEnergy(minimum);
  const { interactions, particles } = minimum.backbone;
  const species = (p: number) => minimum.system.species[particles[p]];
  const { values, vectors } = allModes(interactions);
  const size = 3 * interactions.particleCount;
  /** n·C n of the leg from p to q, a sum over modes. */
  const variance = (p: number, q: number, n: readonly number[]) => {
    let sum = 0;
    for (let mode = 3; mode < size; mode++) {
      const change = n.reduce(
        (all, x, a) => all + x * (vectors[mode * size + 3 * q + a] - vectors[mode * size + 3 * p + a]),
        0,
      );
      sum += (change * change) / values[mode];
    }
    return sum;
  };
  // R and D by the file: C–C 1.95, Si–Si 2.85, else 2.36, of a bond; of a leg i → k beside i → j by its own row
  const R = [
    [
      [2.85, 2.36],
      [2.85, 2.36],
    ],
    [
      [2.36, 1.95],
      [2.36, 1.95],
    ],
  ];
  const reached = new Map<number, Map<number, number>>();
  const { i, j, du, r } = pairsOf(interactions);
  const directed = Array.from(i, (_, m) => [m, m]).flatMap(([m]) => [
    { p: i[m], q: j[m], u: Array.from(du.subarray(3 * m, 3 * m + 3)), r: r[m] },
    { p: j[m], q: i[m], u: Array.from(du.subarray(3 * m, 3 * m + 3), (x) => -x), r: r[m] },
  ]);
  const spreads = directed.map(({ p, q, u, r: length }) =>
    variance(
      p,
      q,
      u.map((x) => x / length),
    ),
  );
  const sites = energies[1].sites.members;
  const lengths = interactions.families[1].measures().r;
  for (let t = 0; t < energies[1].lte.length; t++) {
    const [p, q] = [sites[0][t], sites[1][t]].map((site) => particles.indexOf(site));
    for (const leg of directed.filter((other) => other.p === p)) {
      const own = leg.q === q && Math.abs(leg.r - lengths[t]) < 1e-9;
      const reach = own ? [species(p), species(q), species(q)] : [species(p), species(q), species(leg.q)];
      const centre = R[reach[0]][reach[1]][reach[2]];
      if (leg.r > centre + 0.15) continue;
      const spread = spreads[directed.indexOf(leg)];
      for (const x of [centre - 0.15, centre + 0.15]) {
        const key = Math.round(x * 1e6) / 1e6;
        const from = ((x - leg.r) * (x - leg.r)) / spread;
        const terms = reached.get(key) ?? new Map<number, number>();
        reached.set(key, terms.set(t, Math.min(terms.get(t) ?? Infinity, from)));
      }
    }
  }
  const ofOrders = jumps!.radii.filter(({ of }) => of === "bond order");
  expect(ofOrders.map(({ radius }) => Math.round(radius * 1e6) / 1e6)).toEqual(
    [...reached.keys()].sort((a, b) => a - b),
  );
  const total = energies[1].lte.reduce((sum, e) => sum + Math.abs(e), 0);
  for (const { radius, order, from, terms, energyShare } of ofOrders) {
    const all = [...reached.get(Math.round(radius * 1e6) / 1e6)!];
    const hot = all.filter(([, T]) => T <= model.glass!.glassTransition);
    expect(order).toBe(2);
    expect(from / Math.min(...all.map(([, T]) => T))).toBeCloseTo(1, 6);
    expect(terms).toBe(hot.length);
    const energy = hot.reduce((sum, [t]) => sum + Math.abs(energies[1].lte[t]), 0);
    expect(energyShare).toBeCloseTo(energy / total, 10);
  }
  expect(ofOrders.some(({ terms }) => terms! > 0)).toBe(true);
});

test("embedded atoms whose densities end with a jump: atoms by the same legs as pairs", () => {
  const metal = artificialMetal();
  const jump = (rows: readonly number[]) =>
    rows.map((value, k) => value + 3 * (metal.cutoff - k * metal.dr) ** 3);
  const model = parseModel(metalDefinition({ ...metal, density: metal.density.map(jump) }));
  const protocol = { kind: "instantaneous", liquidTime: 1 } as const;
  const { system } = makeGlass({ model, particles: 60, seed: 1, protocol });
  const { jumps, energies } = localThermalEnergy(minimumOf(system, model));
  expect(jumps!.radii).toMatchObject([
    { of: "bond", radius: metal.cutoff, order: 3 },
    { of: "embedding", radius: metal.cutoff, order: 3 },
  ]);
  const [pairs, atoms] = jumps!.radii;
  expect(atoms.from).toBeCloseTo(pairs.from, 12);
  expect(pairs.terms).toBeGreaterThan(0);
  expect(atoms.terms).toBeGreaterThan(0);
  expect(atoms.terms).toBeLessThanOrEqual(Math.min(2 * pairs.terms!, energies[1].lte.length));
  expect(atoms.share).toBeCloseTo(atoms.terms! / energies[1].lte.length, 12);
});
