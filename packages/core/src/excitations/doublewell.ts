import { StiffnessSolver } from "../deform/index.ts";
import { ForceField } from "../dynamics/index.ts";
import { typicalForce } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { Excitation } from "./excitation.ts";
import { upPlanes } from "./planes.ts";
import { toStationaryPoint } from "./stationary.ts";
import { type Wells, wellsBeside } from "./wells.ts";

/** Two neighbouring minima and the saddle between them. */
export interface DoubleWell extends Wells {
  /** Negative eigenvalues of M at the saddle, by the signs of its factor: 1. */
  readonly index: number;
}

/** What became of a search for a saddle. */
export type DoubleWellResult =
  | ({ readonly status: "found" } & DoubleWell)
  /** none: the energy rises as far as was looked; lost: no stationary point of index one where it stopped rising. */
  | { readonly status: "none" | "lost"; readonly reason: string };

/** How far a saddle is looked for. */
export interface DoubleWellOptions {
  /** In units of the cubic estimate 2κ/τ of its distance; default 4. */
  readonly reach?: number;
}

/**
 * Follows an excitation z to its saddle and down the other side. The energy is minimised on the planes z·(x − x₀) = s,
 * s going to −2κ/τ and beyond, until dE/ds changes sign; Newton's method goes on to the stationary point, where M has to
 * have one negative eigenvalue (the signs of its L·S·Lᵀ, translations pinned); then down both ways. Cost: some twenty
 * factorisations and two descents.
 */
export function doubleWell(
  minimum: Minimum,
  { field: z, stiffness, anharmonicity }: Excitation,
  { reach = 4 }: DoubleWellOptions = {},
): DoubleWellResult {
  const { system, model } = minimum;
  const field = ForceField.create(system, model);
  const solver = new StiffnessSolver(field, undefined, true);
  const start = field.positions();
  const typical = typicalForce(field.interactions());
  const energy = field.energy;
  const cubic = (2 * stiffness) / anharmonicity;
  const climb = upPlanes(field, solver, z, { typical, scale: cubic, reach });
  if (climb.status === "none")
    return { status: "none", reason: `the energy rises as far as ${reach} times 2κ/τ` };
  if (climb.status === "lost") return lost(climb.reason);
  const { x } = climb;
  field.setPositions(x);
  const index = toStationaryPoint(field, solver, x, typical)?.factor.negative;
  if (index !== 1)
    return lost(
      index === undefined
        ? "Newton's method leaves the neighbourhood"
        : `a stationary point of index ${index}`,
    );
  const wells = wellsBeside(field, x, { start, energy });
  return typeof wells === "string" ? lost(wells) : { status: "found", index, ...wells };
}

const lost = (reason: string): DoubleWellResult => ({ status: "lost", reason });
