import { createBox, ForceField, minimize, preset, type System } from "softfield";

const silicon = preset("sw-silicon");
/** ε/σ³ of Stillinger & Weber's silicon in GPa: 2.1683 eV/(2.0951 Å)³. */
export const GPA = (2.1683 * 160.21766208) / 2.0951 ** 3;
/** Edge of the cubic cell at zero pressure: bonds of length 2^(1/6) σ. */
const CELL = (4 * 2 ** (1 / 6)) / Math.sqrt(3);

/** Diamond silicon, `cells`³ cubic cells of eight atoms, in a box whose edges are strained: row a ← row a·(1 + strain). */
export function diamond(cells: number, strain: readonly number[] = new Array(9).fill(0)): System {
  const sites = [0, 1].flatMap((shift) =>
    [
      [0, 0, 0],
      [0, 0.5, 0.5],
      [0.5, 0, 0.5],
      [0.5, 0.5, 0],
    ].map((site) => site.map((s) => s + shift / 4)),
  );
  const positions: number[] = [];
  const strained = ([x, y, z]: number[]) =>
    [0, 1, 2].map((c) =>
      [x!, y!, z!].reduce((sum, v, b) => sum + v * ((b === c ? 1 : 0) + strain[3 * b + c]!), 0),
    );
  for (let i = 0; i < cells ** 3; i++) {
    const corner = [i % cells, Math.floor(i / cells) % cells, Math.floor(i / cells ** 2)];
    for (const site of sites) positions.push(...strained(site.map((s, a) => CELL * (s + corner[a]! + 0.1))));
  }
  const edge = (a: number) => strained([0, 1, 2].map((c) => (c === a ? cells * CELL : 0)));
  const box = createBox(3, [0, 1, 2].flatMap(edge));
  return {
    box,
    positions: Float64Array.from(positions),
    species: new Int32Array(positions.length / 3),
  };
}

/** Strain of each sign of which the elastic constants are differences. */
const STEP = 1e-4;

/** C₁₁, C₁₂, C₄₄ of diamond silicon with relaxed atoms, GPa, and how far C₁₃ is from C₁₂. */
export function elasticConstants(cells: number): { c11: number; c12: number; c44: number; c13: number } {
  const stressAt = (entry: number, by: number) => {
    const strain = new Array(9).fill(0);
    strain[entry] = by;
    const field = ForceField.create(diamond(cells, strain), silicon);
    const { status } = minimize(field);
    if (status !== "converged") throw new Error(`the strained crystal did not relax: ${status}`);
    return field.stress().map((s) => s * GPA);
  };
  const slope = (entry: number) => {
    const [up, down] = [stressAt(entry, STEP), stressAt(entry, -STEP)];
    return up.map((s, k) => (s - down[k]!) / (2 * STEP));
  };
  const along = slope(0);
  return { c11: along[0]!, c12: along[4]!, c44: slope(3)[1]!, c13: along[8]! };
}
