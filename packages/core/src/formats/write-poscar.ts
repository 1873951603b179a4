import { formatReal } from "./delimited.ts";
import { type Frame, linePieces, spatialFrame } from "./frame.ts";

/**
 * A frame as a POSCAR of VASP 5, in pieces: Cartesian coordinates from the corner of the box, particles sorted by species
 * (in their order, within each in the frame's). Numbers read back as the same doubles where the corner is the origin.
 */
export function poscarText(frame: Frame): Generator<string> {
  const { count, vectors: v, origin, positions } = spatialFrame(frame, 0);
  const names = frame.species?.names ?? ["X"];
  const index = frame.species?.index ?? new Int32Array(count);
  const present = names.map((_, s) => s).filter((s) => index.includes(s));
  const rows = present.flatMap((s) => Array.from(index.keys()).filter((a) => index[a] === s));
  const vector = (a: number) => [0, 1, 2].map((c) => formatReal(v[3 * a + c])).join(" ");
  const head = [
    "written by softfield",
    "1.0",
    vector(0),
    vector(1),
    vector(2),
    present.map((s) => names[s].replace(/[\s/_]+/g, "-").replace(/^[^A-Za-z]/, "X$&")).join(" "),
    present.map((s) => index.reduce((n, t) => n + (t === s ? 1 : 0), 0)).join(" "),
    "Cartesian",
    "",
  ].join("\n");
  return linePieces(count, head, (row) => {
    const at = 3 * rows[row];
    return `${[0, 1, 2].map((c) => formatReal(positions[at + c] - origin[c])).join(" ")}\n`;
  });
}
