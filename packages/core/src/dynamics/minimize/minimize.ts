import { logarithm } from "../../elementary.ts";
import { SoftfieldError } from "../../errors.ts";
import { typicalForce } from "../../interactions/index.ts";
import type { WorkControl } from "../../progress.ts";
import { lengthUnit } from "../../space/index.ts";
import type { ForceField } from "../forcefield.ts";
import { type NewtonEnd, newton } from "./newton.ts";
import { descents } from "./relax.ts";
import { freeParticles, leaveSaddle, type UnstableMode, unstableMode } from "./saddle.ts";
import { METHODS, type Method } from "./types.ts";
import { isUnjammed } from "./unjammed.ts";

/** How `minimize` goes down, and when it is there. */
export interface MinimizeOptions {
  /** First-order minimiser. Default "fire", the fastest on a quench; "cg" is the paper's. */
  readonly method?: Method;
  /** Converged at max |∂U/∂x| ≤ tolerance × typical pair force (root mean square of φ′ over all pairs). Default 1e-12. */
  readonly tolerance?: number;
  /** Newton takes over at this residual (same unit). Default 1e-4. */
  readonly handover?: number;
  /** Force evaluations at most. Default 200,000. */
  readonly maxEvaluations?: number;
  /** No particle moves further in one step, λ. Default 0.1, of a bond length where that is shorter than λ. */
  readonly maxMove?: number;
  /**
   * false: the first-order minimiser goes all the way, and nothing proves that the result is a minimum. For 3D
   * samples so large that a factorisation takes too long. Default true.
   */
  readonly newton?: boolean;
  /** What to do at a saddle: go down along the unstable mode (default), or stop there. */
  readonly saddles?: "leave" | "report";
}

/** The outcome of a minimisation; the configuration itself is left in the field. */
export interface MinimizeResult {
  /**
   * converged: an inherent structure, residual ≤ tolerance and (unless `newton` is false) a positive definite Hessian; saddle: the Hessian
   * has a negative eigenvalue (`mode` is the way down); unjammed: no overlap is left, the energy is zero to rounding
   * and nothing holds the particles; zero-mode: at rest, but a part of it turns or slides freely (`free`), so that nothing
   * can prove a minimum; stalled: none of these, more evaluations or a looser tolerance.
   */
  readonly status: "converged" | "stalled" | "saddle" | "unjammed" | "zero-mode";
  /** U, ε. */
  readonly energy: number;
  /** max |∂U/∂x|, ε/λ. */
  readonly maxGradient: number;
  /** Root mean square of φ′ over all interactions, ε/λ. */
  readonly typicalForce: number;
  /** maxGradient / typicalForce */
  readonly residual: number;
  readonly evaluations: number;
  readonly factorizations: number;
  /** Saddles met and left on the way. */
  readonly saddlesLeft: number;
  /** Particles that nothing holds; they have no place in the Hessian. */
  readonly rattlers: number;
  /** Where `status` is "saddle". */
  readonly mode?: UnstableMode;
  /** Where `status` is "zero-mode": the particles that move at no cost in energy. */
  readonly free?: readonly number[];
}

const MAX_SADDLES = 5;
/** Evaluations between two looks at the abort signal. */
const LOOK_EVERY = 100;

/**
 * Minimises the energy of a field in place, to the inherent structure below (SI A, Zylberg 2017): a first-order
 * descent, then Newton's method with the sparse Cholesky factor, which also certifies the minimum.
 *
 * Deterministic to the last bit on every engine. Throws "usage" on options out of range, "aborted" when the
 * signal fires. Cost: 1,000–3,000 evaluations from an annealed liquid and 2–4 factorisations.
 */
export function minimize(
  field: ForceField,
  options: MinimizeOptions = {},
  control: WorkControl = {},
): MinimizeResult {
  const o = checked(options, usualMove(field));
  const first = field.evaluations;
  /** Energies looked at on the way, which the descent did not ask for. */
  const looks = { evaluations: 0 };
  let handover = o.newton ? Math.max(o.handover, o.tolerance) : o.tolerance;
  let factorizations = 0;
  let saddlesLeft = 0;
  const outcome = (
    status: MinimizeResult["status"],
    rattlers: number,
    more: Pick<MinimizeResult, "mode" | "free"> = {},
  ): MinimizeResult => {
    const typical = typicalForce(field.interactions());
    const maxGradient = field.maxGradient();
    return {
      status,
      energy: field.energy,
      maxGradient,
      typicalForce: typical,
      residual: typical > 0 ? maxGradient / typical : 0,
      evaluations: field.evaluations - first - looks.evaluations,
      factorizations,
      saddlesLeft,
      rattlers,
      ...more,
    };
  };
  for (;;) {
    const left = o.maxEvaluations - (field.evaluations - first);
    const descent = descend(field, handover, { ...o, left, looks }, control);
    if (descent === "unjammed") return outcome("unjammed", field.count);
    if (descent === "stuck") return outcome("stalled", 0);
    if (!o.newton) return outcome("converged", 0);
    const finish: NewtonEnd = newton(field, o, control);
    factorizations += finish.factorizations;
    if (finish.end === "converged") return outcome("converged", finish.rattlers);
    if (handover > 1e2 * o.tolerance && handover > 1e-10) {
      handover *= 1e-2;
      continue;
    }
    const { hessian, rattlers } = finish;
    if (!hessian) return outcome("stalled", rattlers);
    const mode = unstableMode(field, hessian);
    if (!mode) return outcome("zero-mode", rattlers, { free: freeParticles(hessian) });
    if (o.saddles === "report" || saddlesLeft === MAX_SADDLES) return outcome("saddle", rattlers, { mode });
    leaveSaddle(field, mode, 0.5 * o.maxMove);
    saddlesLeft++;
    handover = Math.max(o.handover, o.tolerance);
  }
}

type Checked = Required<MinimizeOptions>;

/**
 * No particle moves further in one step by default, λ: of a bond length where the unit is longer (nm, the edge of the box), for
 * steps of many bonds end anywhere. In Å it is less of a bond than need be, which costs evaluations and no more.
 */
export function usualMove({ box, count }: Pick<ForceField, "box" | "count">): number {
  return 0.1 * Math.min(1, lengthUnit(box, count));
}

/** First-order descent to a residual, or to where no overlap is left. */
function descend(
  field: ForceField,
  residual: number,
  { method, maxMove, left, looks }: Checked & { left: number; looks: { evaluations: number } },
  { onProgress, signal }: WorkControl,
): "reached" | "stuck" | "unjammed" {
  const first = field.evaluations;
  let look = 0;
  let unjammed = false;
  const start = logarithm(Math.max(field.maxGradient(), 1e-300));
  for (;;) {
    const typical = typicalForce(field.interactions());
    // Without a loaded pair there is nothing to go down.
    if (typical === 0) return "unjammed";
    const goal = residual * typical;
    if (field.maxGradient() <= goal) return "reached";
    const end = logarithm(goal);
    const { end: how } = descents[method](field, {
      gradient: goal,
      evaluations: left - (field.evaluations - first),
      maxMove,
      interrupted: (most) => {
        if (++look % LOOK_EVERY === 0) {
          onProgress?.({
            stage: "minimise",
            done: Math.min(1, Math.max(0, (start - logarithm(most)) / (start - end))),
            total: 1,
          });
          const before = field.evaluations;
          unjammed = isUnjammed(field, most);
          looks.evaluations += field.evaluations - before;
        }
        return unjammed || (signal?.aborted ?? false);
      },
    });
    if (unjammed) return "unjammed";
    if (how === "interrupted") throw new SoftfieldError("aborted", "the minimisation was stopped");
    if (how !== "reached") return "stuck";
    // The typical force has fallen on the way; once more where that matters.
  }
}

function checked(options: MinimizeOptions, usual: number): Checked {
  const o: Checked = {
    method: options.method ?? "fire",
    tolerance: options.tolerance ?? 1e-12,
    handover: options.handover ?? 1e-4,
    maxEvaluations: options.maxEvaluations ?? 200_000,
    maxMove: options.maxMove ?? usual,
    newton: options.newton ?? true,
    saddles: options.saddles ?? "leave",
  };
  if (!METHODS.includes(o.method)) {
    throw new SoftfieldError("usage", `unknown minimiser "${o.method}"; there are ${METHODS.join(", ")}`, {
      field: "method",
    });
  }
  for (const field of ["tolerance", "handover", "maxEvaluations", "maxMove"] as const) {
    if (!(o[field] > 0)) {
      throw new SoftfieldError("usage", `${field} must be positive, got ${o[field]}`, { field });
    }
  }
  return o;
}
