import { SoftfieldError } from "../errors.ts";
import type { PairArrays } from "../interactions/index.ts";
import type { Address } from "../kernels/index.ts";
import { type Box, faceDistances } from "../space/index.ts";
import type { ForceParts } from "./forces.ts";

/** Bonds whose energies are summed along a run. */
export interface FollowedBonds {
  /** m f64 in the arena. */
  readonly sums: Address;
  /** Adds φ of each bond, as it is now, to `sums`. */
  readonly add: () => void;
}

/**
 * Follows given bonds (ends i and j in the caller's numbering, read) through a run in which particles keep their
 * order: φ of each by the nearest image, 0 beyond the cutoff.
 * Throws "geometry" where the box is so short that within `reach` (λ) the nearest image need not be the bond's.
 */
export function followBonds(
  parts: ForceParts,
  { box, reach }: { readonly box: Box; readonly reach: number },
  bonds: Pick<PairArrays, "i" | "j">,
): FollowedBonds {
  checkNearestImage(box, reach);
  const { arena, kernels, model, dimension, table, species, count, x, diameters } = parts;
  const m = bonds.i.length;
  const place = new Int32Array(count);
  arena.i32(parts.ids, count).forEach((id, k) => {
    place[id] = k;
  });
  const kinds = model.species.length;
  const types = new Map(table.types.map(({ s, t }, k) => [s * kinds + t, k]));
  const ends = new Int32Array(3 * m);
  for (let b = 0; b < m; b++) {
    const [i, j] = [bonds.i[b], bonds.j[b]];
    const [s, t] = [species[i], species[j]];
    ends.set([place[i], place[j], types.get(Math.min(s, t) * kinds + Math.max(s, t))!], 3 * b);
  }
  const at = arena.putI32(ends);
  const vectors = arena.putF64(box.vectors);
  const sums = arena.putF64(new Float64Array(m));
  const { genericRows, tables } = table;
  const { form } = table;
  const { mixing } = model;
  const eta = mixing?.nonAdditivity ?? 0;
  const add = () =>
    kernels.addBondEnergies(dimension, m, at, form, x, vectors, genericRows, tables, diameters, eta, sums);
  return { sums, add };
}

/** Throws "geometry" where two images of a particle can be within `reach`. */
function checkNearestImage(box: Box, reach: number): void {
  const narrowest = Math.min(...faceDistances(box));
  if (narrowest > 2 * reach) return;
  throw new SoftfieldError(
    "geometry",
    `the box is ${narrowest.toPrecision(4)} wide; following bonds takes more than ${(2 * reach).toPrecision(4)}: take more particles`,
    { field: "box" },
  );
}
