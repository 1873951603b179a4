import {
  bondLength,
  createBox,
  displacementOf,
  ForceField,
  findInteractions,
  gradient,
  MolecularDynamics,
  makeGlass,
  minimize,
  minimumOf,
  type Observable,
  observeGlass,
  type PairArrays,
  pairsOf,
  particleEnergy,
  particleStress,
  potentialEnergy,
  preset,
  squaredDisplacement,
  thermalAverage,
  volume,
} from "softfield";
import { factorHessian } from "softfield/internal";
import { solve } from "softfield/sparse";
import { describe, expect, test } from "vitest";

/**
 * Eq. 1 against molecular dynamics: Langevin dynamics of a small glass, centre of mass at rest, block averages. The
 * temperature is low enough for terms of order T² to drown in the statistical error. Fluctuations ∼ √T of observables
 * with a gradient are taken out by a control variate: ⟨∂U/∂x⟩ = 0, so that A − A′·M⁻¹·∂U/∂x has the mean of A.
 */
const model = preset("2dipl");
const TEMPERATURE = 2e-5;
const [BLOCKS, SAMPLES, EVERY] = [48, 500, 20];
const [N, d] = [64, 2] as const;

const { system } = makeGlass({
  model,
  particles: N,
  seed: 4,
  protocol: { liquidTime: 5, annealTime: 20 },
});
const glass = observeGlass(minimumOf(system, model));
const { interactions } = glass.minimum.backbone;
const { box } = glass.minimum.system;

/** The glass at one time of the run. */
interface Moment {
  /** N×d, displacement from the minimum without its mean. */
  readonly u: Float64Array;
  readonly pairs: PairArrays;
}

/** Observables of one kind, built in, with another way to evaluate all of them, away from the minimum too. */
interface Checked {
  readonly built: readonly Observable[];
  readonly evaluate: (moment: Moment) => Float64Array;
}

const each = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const AXES = [
  [0, 0],
  [0, 1],
  [1, 1],
] as const;

const bonds = pairsOf(interactions);

/** Sums a share of every pair on both its particles. */
function onParticles({ i, j }: PairArrays, width: number, share: (m: number, c: number) => number) {
  const sums = new Float64Array(N * width);
  i.forEach((p, m) => {
    for (let c = 0; c < width; c++) {
      sums[p * width + c] += share(m, c);
      sums[j[m] * width + c] += share(m, c);
    }
  });
  return sums;
}

const checked: Record<string, Checked> = {
  "Debye–Waller factors": {
    built: each(N, (p) => squaredDisplacement(d, p)),
    evaluate: ({ u }) => Float64Array.from({ length: N }, (_, p) => u[2 * p] ** 2 + u[2 * p + 1] ** 2),
  },
  "thermal displacements": {
    built: each(N * d, (k) => displacementOf(d, k >> 1, k & 1)),
    evaluate: ({ u }) => u,
  },
  "bond lengths": {
    built: each(bonds.count, (bond) => bondLength(bonds, bond)),
    evaluate: ({ u }) => {
      const { i, j, du } = bonds;
      return bonds.r.map((_, m) => {
        const now = [0, 1].map((a) => du[2 * m + a] + u[2 * j[m] + a] - u[2 * i[m] + a]);
        return Math.hypot(now[0], now[1]);
      });
    },
  },
  "particle energies": {
    built: each(N, (p) => particleEnergy(interactions, p)),
    evaluate: ({ pairs }) => onParticles(pairs, 1, (m) => pairs.phi0[m] / 2),
  },
  "particle stresses": {
    built: each(N * 3, (k) => particleStress(glass.minimum.backbone, Math.floor(k / 3), AXES[k % 3])),
    evaluate: ({ pairs }) =>
      onParticles(pairs, 3, (m, c) => {
        const { du, r, phi1 } = pairs;
        const [a, b] = AXES[c];
        return ((N / volume(box) / 2) * phi1[m] * du[2 * m + a] * du[2 * m + b]) / r[m];
      }),
  },
  "total energy": {
    built: [potentialEnergy(interactions)],
    evaluate: ({ pairs }) => Float64Array.of(pairs.phi0.reduce((sum, phi) => sum + phi, 0)),
  },
};

/** Means over each block of all that is checked, and of Σ_α f_α·v_α, v_α = u⁰_α + w_j − w_i. */
const run = sampled();

function sampled() {
  const { result } = factorHessian(glass.minimum.backbone);
  if (result.status !== "ok") throw new Error("not a minimum");
  const field = ForceField.create(glass.minimum.system, model);
  const dynamics = new MolecularDynamics(field, { dt: 0.005, seed: 11 });
  dynamics.drawVelocities(TEMPERATURE);
  const thermostat = {
    kind: "langevin",
    temperature: TEMPERATURE,
    friction: 0.5,
    fixedCentre: true,
  } as const;
  dynamics.run({ steps: 4000, thermostat });
  const kinds = Object.values(checked);
  const blocks = kinds.map((): Float64Array[] => []);
  const strainForces: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const sums = kinds.map(({ built }) => new Float64Array(built.length));
    const force = new Float64Array(N * d);
    let strainForce = 0;
    for (let sample = 0; sample < SAMPLES; sample++) {
      dynamics.run({ steps: EVERY, thermostat });
      const positions = field.positions();
      const u = withoutMean(positions.map((x, k) => x - glass.minimum.system.positions[k]));
      const now = findInteractions({ ...system, positions }, model);
      const pairs = pairsOf(now);
      add(force, gradient(now));
      kinds.forEach(({ evaluate }, k) => {
        add(sums[k], evaluate({ u, pairs }));
      });
      strainForce += forceOnStrain({ u, pairs }) / SAMPLES;
    }
    const drift = withoutMean(solve(result.factor, force));
    kinds.forEach(({ built }, kind) => {
      blocks[kind].push(sums[kind].map((mean, k) => mean - slope(built[k], drift)));
    });
    strainForces.push(strainForce);
  }
  return { blocks: new Map(Object.keys(checked).map((name, k) => [name, blocks[k]])), strainForces };
}

function add(sums: Float64Array, values: Float64Array): void {
  values.forEach((x, k) => {
    sums[k] += x / SAMPLES;
  });
}

function withoutMean(field: Float64Array): Float64Array {
  const mean = [0, 1].map((axis) => field.reduce((sum, x, k) => (k % 2 === axis ? sum + x / N : sum), 0));
  return field.map((x, k) => x - mean[k % 2]);
}

/** ∂A/∂x · v, v: N×d. */
function slope({ particles, gradient: own }: Observable, v: Float64Array): number {
  return own.reduce((sum, g, k) => sum + g * v[2 * particles[k >> 1] + (k & 1)], 0);
}

/**
 * ∂U/∂η at fixed u, x = (1 + η)x⁰ + u, with the control variate w·∂U/∂x, which takes out ∂²U/∂x∂η·u: both together are
 * Σ_α f_α·v_α.
 */
function forceOnStrain({ u, pairs: { i, j, du, r, phi1 } }: Moment): number {
  const w = glass.expansion.nonAffine;
  let sum = 0;
  r.forEach((length, m) => {
    for (const a of [0, 1]) {
      const [p, q] = [2 * i[m] + a, 2 * j[m] + a];
      const now = du[2 * m + a];
      sum += (phi1[m] / length) * now * (now - u[q] + u[p] + w[q] - w[p]);
    }
  });
  return sum;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}

/** Mean of a value over blocks and its standard error. */
function estimate(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

test("nothing rattles", () => {
  expect(glass.minimum.backbone.rattlers.length).toBe(0);
});

describe("Eq. 1 is what molecular dynamics finds, within its error", () => {
  /** Root mean square of (MD − what is expected) in standard errors. */
  const deviation = (name: string, expected: (observable: Observable) => number) => {
    const { built } = checked[name];
    const z = built.map((observable, k) => {
      const { mean, error } = estimate(run.blocks.get(name)!.map((block) => block[k]));
      return (mean - expected(observable)) / error;
    });
    return rootMeanSquare(z);
  };
  const predicted = (observable: Observable) => {
    const { value, coefficient } = thermalAverage(observable, glass.response);
    return value + 0.5 * TEMPERATURE * coefficient;
  };

  test.each(Object.keys(checked))("%s", (name) => {
    expect(deviation(name, predicted)).toBeLessThan(checked[name].built.length === 1 ? 3 : 1.6);
    // the test can tell: without the shift the means are far off
    expect(deviation(name, ({ value }) => value)).toBeGreaterThan(10);
  });

  test("the total energy rises by ½T for each of Nd − d modes", () => {
    const { value } = potentialEnergy(interactions);
    const { mean, error } = estimate(
      run.blocks.get("total energy")!.map(([energy]) => (energy! - value) / (0.5 * TEMPERATURE)),
    );
    expect(Math.abs(mean - (N * d - d))).toBeLessThan(3 * error);
    expect(error).toBeLessThan(0.01 * N * d);
  });

  test("thermal expansion, from the rise of pressure at fixed volume", () => {
    const { coefficient, bulkModulus } = glass.expansion;
    const stiffness = bulkModulus * d * d * volume(box);
    const { mean, error } = estimate(run.strainForces);
    const rise = (mean - strainForceAtRest(0)) / (0.5 * TEMPERATURE);
    const measured = -(rise + enthalpyThird() / stiffness) / stiffness;
    const uncertainty = error / (0.5 * TEMPERATURE) / stiffness;
    expect(Math.abs(measured - coefficient)).toBeLessThan(3 * uncertainty);
    expect(uncertainty).toBeLessThan(0.01 * Math.abs(coefficient));
  });
});

/** dU/dη = V₀ d (1 + η)^(d−1) σ of the glass at rest in a box (1 + η) times as long; σ = tr/d of the stress. */
function strainForceAtRest(eta: number): number {
  const strained = createBox(
    d,
    box.vectors.map((x) => x * (1 + eta)),
  );
  const field = ForceField.create(
    {
      ...glass.minimum.system,
      box: strained,
      positions: glass.minimum.system.positions.map((x) => x * (1 + eta)),
    },
    model,
  );
  expect(minimize(field).status).toBe("converged");
  const [xx, , , yy] = field.stress();
  return ((xx! + yy!) * volume(strained)) / (1 + eta);
}

/**
 * d³H/dη³ of the glass at rest, H = U + PV, by differences: the length that fluctuates at constant pressure, by
 * k_BT/K, is longer by −½k_BT H‴/K² than one that does not. (In two dimensions PV has no third derivative.)
 */
function enthalpyThird(): number {
  const h = 2e-4;
  return (strainForceAtRest(h) - 2 * strainForceAtRest(0) + strainForceAtRest(-h)) / (h * h);
}
