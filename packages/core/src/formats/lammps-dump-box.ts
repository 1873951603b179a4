import type { LineCursor } from "./cursor.ts";
import { type TriangularLattice, triangularLattice } from "./lattice.ts";

/** The box of a dump frame as its lines give it. */
export interface DumpBox {
  readonly vectors: Float64Array;
  readonly origin: Float64Array;
  readonly periodic: readonly boolean[];
  readonly line: number;
}

/**
 * The box from the three lines after ITEM: BOX BOUNDS: orthogonal "lo hi", triclinic "lo_bound hi_bound tilt"
 * (bounds of the axis-parallel box around the cell, which the tilts xy, xz, yz undo), or general triclinic
 * "ax ay az origin". Flags such as "pp ff" come last in the item's own line; without them: periodic.
 */
export function boxOfBounds(
  tokens: readonly string[],
  rows: readonly number[][],
  cursor: LineCursor,
): DumpBox {
  const flags = tokens.filter((token) => /^[pfsm]{2}$/.test(token));
  // "xx yy zz" are the letters of LAMMPS's manual for them, which some programs write.
  const kind = tokens.filter((token) => !flags.includes(token) && !/^(xx|yy|zz)$/.test(token)).join(" ");
  const width = { "": 2, "xy xz yz": 3, "abc origin": 4 }[kind];
  if (width === undefined || (flags.length !== 0 && flags.length !== 3)) {
    throw cursor.error(`ITEM: BOX BOUNDS ${tokens.join(" ")} is of no known kind.`, { field: "BOX BOUNDS" });
  }
  const bad = rows.findIndex((row) => row.length !== width);
  if (bad >= 0) {
    throw cursor.error(
      `ITEM: BOX BOUNDS: its row ${bad + 1} must hold ${width} numbers, it holds ${rows[bad].length}.`,
      {
        field: "BOX BOUNDS",
      },
    );
  }
  // The box of a planar file may have no height at all.
  const planar = kind !== "abc origin" && rows[2][0] === rows[2][1];
  const shared = {
    periodic: [0, 1, 2].map(
      (axis) => (flags.length === 0 || flags[axis].startsWith("p")) && !(planar && axis === 2),
    ),
    line: cursor.line,
  };
  if (kind === "abc origin") {
    return {
      ...shared,
      vectors: Float64Array.from(rows.flatMap((row) => row.slice(0, 3))),
      origin: Float64Array.from(rows, (row) => row[3]),
    };
  }
  const [xy, xz, yz] = rows.map((row) => row[2] ?? 0) as [number, number, number];
  const xlo = rows[0][0] - Math.min(0, xy, xz, xy + xz);
  const xhi = rows[0][1] - Math.max(0, xy, xz, xy + xz);
  const ylo = rows[1][0] - Math.min(0, yz);
  const yhi = rows[1][1] - Math.max(0, yz);
  const [zlo, zhi] = planar ? [rows[2][0], rows[2][0] + 1] : rows[2];
  const flat = [xhi - xlo, yhi - ylo, zhi - zlo].findIndex((length) => !(length > 0));
  if (flat >= 0) {
    throw cursor.error(`ITEM: BOX BOUNDS: the upper ${"xyz"[flat]} bound must exceed the lower.`, {
      field: "BOX BOUNDS",
    });
  }
  return {
    ...shared,
    vectors: Float64Array.of(xhi - xlo, 0, 0, xy, yhi - ylo, 0, xz, yz, zhi - zlo),
    origin: Float64Array.of(xlo, ylo, zlo),
  };
}

export function latticeOf(box: DumpBox, d: 2 | 3, source: string): TriangularLattice {
  const v = box.vectors;
  const vectors = d === 3 ? v : [v[0], v[1], v[3], v[4]];
  return triangularLattice(vectors, d, source, box.line);
}

/** x = origin + Σ_a s_a·(edge vector a), in place. */
export function unscale(positions: Float64Array, d: 2 | 3, { vectors, origin }: DumpBox): void {
  const s = new Float64Array(3);
  for (let at = 0; at < positions.length; at += d) {
    for (let a = 0; a < d; a++) s[a] = positions[at + a];
    for (let c = 0; c < d; c++) {
      let x = origin[c];
      for (let a = 0; a < d; a++) x += s[a] * vectors[a * 3 + c];
      positions[at + c] = x;
    }
  }
}
