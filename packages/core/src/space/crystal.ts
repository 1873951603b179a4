import { power, root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { rectangularBox } from "./box.ts";
import type { System } from "./system.ts";

interface Lattice {
  /** Edges of the rectangular cell over the nearest distance of two sites. */
  readonly edges: readonly number[];
  /** In units of the edges. */
  readonly sites: readonly (readonly number[])[];
}

const FACES = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
];

const LATTICES = {
  diamond: {
    edges: [4 / Math.sqrt(3), 4 / Math.sqrt(3), 4 / Math.sqrt(3)],
    sites: [...FACES, ...FACES.map((site) => site.map((x) => x + 0.25))],
  },
  fcc: { edges: [Math.SQRT2, Math.SQRT2, Math.SQRT2], sites: FACES },
  bcc: {
    edges: [2 / Math.sqrt(3), 2 / Math.sqrt(3), 2 / Math.sqrt(3)],
    sites: [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
    ],
  },
  sc: { edges: [1, 1, 1], sites: [[0, 0, 0]] },
  hexagonal: {
    edges: [1, Math.sqrt(3)],
    sites: [
      [0, 0],
      [0.5, 0.5],
    ],
  },
  square: { edges: [1, 1], sites: [[0, 0]] },
} as const satisfies Record<string, Lattice>;

/** A lattice that `crystal` fills a box with. */
export type CrystalName = keyof typeof LATTICES;

/** diamond, fcc, bcc, sc (3D); hexagonal, square (2D). */
export const crystalNames = Object.keys(LATTICES) as readonly CrystalName[];

/** Dimension of a lattice. */
export const crystalDimension = (name: CrystalName): 2 | 3 => LATTICES[name].edges.length as 2 | 3;

/** Cells begin this part of an edge inside the box: no particle lies on a face. */
const INSET = 0.1;

/**
 * A perfect crystal of one species, `cells` rectangular cells along each edge of the box; `density` is particles a
 * λ^d. O(N). Throws "usage" where `cells` is no whole number from 1 or `density` not positive.
 */
export function crystal(name: CrystalName, cells: number, density: number, species = 0): System {
  const { edges, sites }: Lattice = LATTICES[name];
  const d = edges.length;
  if (!Number.isInteger(cells) || cells < 1) {
    throw new SoftfieldError("usage", `a crystal takes a whole number of cells along an edge, got ${cells}`, {
      field: "cells",
    });
  }
  if (!(density > 0 && density < Infinity)) {
    throw new SoftfieldError("usage", `the density must be positive, got ${density}`, { field: "density" });
  }
  const cell = edges.reduce((product, edge) => product * edge, 1);
  const ratio = sites.length / density / cell;
  const spacing = root(ratio, d as 2 | 3);
  const lengths = edges.map((edge) => edge * spacing);
  const positions: number[] = [];
  for (let k = 0; k < power(cells, d); k++) {
    for (const site of sites)
      site.forEach((s, a) => {
        const corner = Math.floor(k / power(cells, a)) % cells;
        positions.push(lengths[a] * (corner + s + INSET));
      });
  }
  return {
    box: rectangularBox(...lengths.map((length) => length * cells)),
    positions: Float64Array.from(positions),
    species: new Int32Array(positions.length / d).fill(species),
  };
}
