import {
  ForceField,
  type MinimizeOptions,
  type MinimizeResult,
  minimize,
  usualMove,
} from "../dynamics/index.ts";
import { SoftfieldError } from "../errors.ts";
import { pressureOf } from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import { type System, volume } from "../space/index.ts";
import { relaxBox } from "./boxrelax.ts";
import { Deformation } from "./deformation.ts";
import { type Load, outer } from "./loads/load.ts";
import type { Stage } from "./stage.ts";
import { StiffnessSolver } from "./stiffness.ts";

/** The shapes that a box may take: all edges by one factor; each edge by its own; tilts too. */
export const BOX_SHAPES = ["isotropic", "orthogonal", "full"] as const;

/** How a glass is taken to a minimum of the enthalpy. */
export interface BoxRelaxOptions extends MinimizeOptions {
  /** P, ε/λ^d. Default 0. */
  readonly pressure?: number;
  /** What of the box is free: its size (default), its edges along the axes, or all of its strain, tilts too. */
  readonly shape?: (typeof BOX_SHAPES)[number];
}

/** A minimum of U + P(V − V₀) over particles and box. */
export interface BoxRelaxation {
  /** The last minimisation at a fixed box; its status is "converged" where the box has found its minimum, too. */
  readonly minimum: MinimizeResult;
  readonly system: System;
  /** −tr σ/d, and σ (d×d), ε/λ^d. */
  readonly pressure: number;
  readonly stress: Float64Array;
  /** V/V₀ */
  readonly swelling: number;
}

/** In one step, of an edge. */
const LONGEST = 2e-2;

/**
 * Takes a configuration to a minimum of the enthalpy over its particles and its box: the particles by `minimize`, then
 * the box by Newton's method with the exact tangent (elastic constants by the factor at hand), the particles after it.
 * The stress across what is free is −P to 1e-12 of the typical pair force over λ^(d−1). Plain arithmetic, the same bits
 * on every engine. Throws as `minimize`, "not-a-minimum" where there is no such minimum (repulsion at P ≤ 0). Cost: that
 * of `minimize` and two factorisations a step of at most 2 % of an edge.
 */
export function minimizeBox(
  system: System,
  model: PairModel,
  options: BoxRelaxOptions = {},
  control: WorkControl = {},
): BoxRelaxation {
  const { pressure = 0, shape = "isotropic", ...rest } = options;
  if (!Number.isFinite(pressure)) throw misuse("pressure", pressure, "a number");
  if (!BOX_SHAPES.includes(shape)) throw misuse("shape", shape, BOX_SHAPES.join(", "));
  const field = ForceField.create(system, model);
  const { tolerance = 1e-12, method = "fire", maxEvaluations = 200_000, maxMove = usualMove(field) } = rest;
  const before = volume(system.box);
  const first = minimize(field, rest, control);
  const found = (minimum: MinimizeResult): BoxRelaxation => {
    const stress = field.stress();
    const swelling = volume(field.box) / before;
    return { minimum, system: field.system(), pressure: pressureOf(stress), stress, swelling };
  };
  if (first.status !== "converged") return found(first);
  const deformation = Deformation.by(still(shape), system.box, { pressure });
  const stage: Stage = {
    ...{ field, deformation, solver: new StiffnessSolver(field) },
    stretches: new Float64Array(deformation.freedom),
  };
  const release = {
    ...{ method, tolerance, maxEvaluations, maxMove, typicalForce: first.typicalForce },
    interrupted: () => control.signal?.aborted ?? false,
  };
  const settled = relaxBox(stage, 0, tolerance * first.typicalForce, release, LONGEST);
  if (control.signal?.aborted) throw new SoftfieldError("aborted", "the relaxation of the box was stopped");
  const last = settled && minimize(field, rest, control);
  if (last && last.status === "converged") return found(last);
  const swelling = volume(field.box) / before;
  const message =
    `the box found no minimum at the pressure ${pressure}: it went to ${swelling.toPrecision(4)} of its volume, at ` +
    `${pressureOf(field.stress()).toPrecision(4)}. What only repels has none at a pressure that is not positive`;
  throw new SoftfieldError("not-a-minimum", message, { field: "pressure" });
}

/** No load: only what is free moves. */
function still(shape: NonNullable<BoxRelaxOptions["shape"]>): Load {
  return {
    name: "still",
    label: "no load",
    description: "only what is free moves",
    isochoric: true,
    displace: (v) => Array.from(v, () => 0),
    rates: (_, { s }) => {
      const zero = new Float64Array(s.length * s.length);
      return { rate: zero, curvature: zero };
    },
    free: ({ s }) => {
      const d = s.length;
      const axes = Array.from({ length: d }, (_, a) =>
        Array.from({ length: d }, (_, c) => (c === a ? 1 : 0)),
      );
      const edges = axes.map((axis) => outer(axis, axis));
      if (shape === "orthogonal") return edges;
      if (shape === "isotropic") return [edges.reduce((sum, own) => sum.map((x, k) => x + own[k]))];
      const tilts = axes.flatMap((p, a) =>
        axes.slice(0, a).map((q) => {
          const [pq, qp] = [outer(p, q), outer(q, p)];
          return pq.map((own, k) => 0.5 * (own + qp[k]));
        }),
      );
      return [...edges, ...tilts];
    },
  };
}

function misuse(field: string, got: unknown, wanted: string): SoftfieldError {
  return new SoftfieldError("usage", `minimise: ${field} is ${String(got)}; it has to be ${wanted}`, {
    field,
  });
}
