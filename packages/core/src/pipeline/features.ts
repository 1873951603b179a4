import { exponential } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import type { TableColumn } from "../formats/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, faceDistances, lengthUnit, neighborPairs, type System } from "../space/index.ts";
import { ownFeatures } from "./ownfeatures.ts";

/** Over which widths features are averaged. */
export interface FeatureOptions {
  /** Standard deviations of the Gaussian means, λ; default `usualWidths`. */
  readonly widths?: readonly number[];
  /** false: without the slopes of energies by strain, which are most of the cost. */
  readonly slopes?: boolean;
}

/** Gaussians end at this many widths. */
const REACH = 3;

/**
 * Exact quantities of an inherent structure, of every particle, as columns: what its interactions are (neighbours, energy,
 * virial), how it vibrates (M⁺_ii, its trace the Debye–Waller factor, its anisotropy), how it is displaced (X, |X|), the
 * local thermal energies at it with their parts, their answer to strain, the modulus of its surroundings; and the means of all of
 * these over its own surroundings, Σ_j f_j e^{−r²/2w²}/Σ_j e^{−r²/2w²}, NAME_gW. NaN on rattlers, which means leave out.
 *
 * Throws "usage" for widths that do not fit the box. Cost: that of the local thermal energies and their derivatives, and O(N w^d).
 */
export function particleFeatures(
  minimum: Minimum,
  options: FeatureOptions = {},
  control: WorkControl = {},
): TableColumn[] {
  const widths = widthsIn(minimum.system, options.widths);
  const own = ownFeatures(minimum, options.slopes !== false, control);
  const means = widths.flatMap((width) => {
    const weights = gaussian(minimum.system, width);
    return own.map(({ name, values, unit, description }) => ({
      name: `${name}_g${width}`,
      values: weights(values),
      ...(unit !== undefined && { unit }),
      description: `mean over a Gaussian of width ${width}: ${description}`,
    }));
  });
  return [...own, ...means];
}

/** One and two bond lengths, to two digits, as far as they fit the box: λ. */
export function usualWidths({ box, species }: System): readonly number[] {
  const bond = lengthUnit(box, species.length);
  return [1, 2].map((width) => Number((width * bond).toPrecision(2))).filter((width) => width <= widest(box));
}

/** Whose Gaussian the box holds. */
const widest = (box: Box) => Math.min(...faceDistances(box)) / (2 * REACH);

function widthsIn(system: System, asked: readonly number[] | undefined): readonly number[] {
  if (asked === undefined) return usualWidths(system);
  const most = widest(system.box);
  const wrong = asked.find((width) => !(width > 0 && width <= most));
  if (wrong === undefined) return asked;
  throw new SoftfieldError(
    "usage",
    `width ${wrong}: give lengths above 0 and up to ${most.toPrecision(4)}, of which the box holds ${2 * REACH}`,
    { field: "widths" },
  );
}

/** The mean of values over a Gaussian around each particle, itself included; what is NaN is left out, and stays NaN. */
function gaussian({ box, positions }: System, width: number): (values: Float64Array) => Float64Array {
  const d = box.dimension;
  const { i, j, du } = neighborPairs(box, positions, REACH * width);
  const weights = Float64Array.from(i, (_, m) => {
    let square = 0;
    for (let a = 0; a < d; a++) square += du[m * d + a] * du[m * d + a];
    return exponential(-square / (2 * width * width));
  });
  return (values) => {
    const there = values.map((value) => (Number.isNaN(value) ? 0 : 1));
    const sums = values.map((value) => (Number.isNaN(value) ? 0 : value));
    const norms = there.slice();
    for (let m = 0; m < i.length; m++) {
      const [p, q, w] = [i[m], j[m], weights[m]];
      if (there[q] === 1) {
        sums[p] = sums[p] + w * values[q];
        norms[p] = norms[p] + w;
      }
      if (there[p] === 1) {
        sums[q] = sums[q] + w * values[p];
        norms[q] = norms[q] + w;
      }
    }
    return sums.map((sum, p) => (there[p] === 1 ? sum / norms[p] : Number.NaN));
  };
}
