import type { EamFile } from "../src/models/index.ts";

/** An artificial metal of two elements: A binds by −√ρ (F″ > 0), B by a concave F (F″ < 0); densities by both species. */
const CUTOFF = 2.2;
const ROWS = 2201;
const DENSITIES = 1501;
/** In files. */
const MASSES = [63.55, 91.22];

/** (1 − x²)⁶ of x = r/r_c: five derivatives vanish at the cutoff. */
const fade = (r: number) => Math.max(0, 1 - (r / CUTOFF) ** 2) ** 6;

/** Rows at 0, dr, …; `densities`: one a source, or one a host and source (Finnis–Sinclair). */
export function artificialMetal(kind: "alloy" | "fs" = "fs"): EamFile {
  const dr = CUTOFF / (ROWS - 1);
  const drho = 0.05;
  const overR = (f: (r: number) => number) => Array.from({ length: ROWS }, (_, k) => f(k * dr));
  const overRho = (f: (rho: number) => number) => Array.from({ length: DENSITIES }, (_, k) => f(k * drho));
  const scale = [
    [6, 7.5],
    [5, 8],
  ];
  const strength = (host: number, source: number) => (kind === "fs" ? scale[host][source] : scale[0][source]);
  const pair = ([a, b]: readonly [number, number]) =>
    overR((r) => r * (30 + 4 * (a + b)) * Math.exp(-3.2 * (r - 0.9 - 0.05 * (a + b))) * fade(r) * 0.4);
  return {
    elements: ["A", "B"],
    drho,
    embedding: [
      overRho((rho) => -6 * Math.sqrt(rho + 1) + 6),
      overRho((rho) => 0 - 0.5 * rho - 0.06 * rho * rho * Math.exp(-0.02 * rho)),
    ],
    dr,
    cutoff: CUTOFF,
    density: [0, 1].flatMap((host) =>
      [0, 1].map((source) => overR((r) => strength(host, source) * Math.exp(-1.5 * r) * fade(r))),
    ),
    pair: [pair([0, 0]), pair([1, 0]), pair([1, 1])],
  };
}

export const metalDefinition = (potential: EamFile) => ({
  name: "artificial-metal",
  dimension: 3,
  species: ["A", "B"],
  form: "eam",
  potential,
  glass: {
    density: 1.2,
    fractions: [0.5, 0.5],
    liquidTemperature: 1.5,
    annealTemperature: 0.3,
    glassTransition: 0.4,
    annealTime: 5,
  },
});

/** As a setfl file, five numbers a line or one. */
export function setflText(
  { elements, drho, embedding, dr, cutoff, density, pair }: EamFile,
  perLine = 5,
): string {
  const count = elements.length;
  const alloy = density.every(
    (values, k) => values === density[k % count] || same(values, density[k % count]),
  );
  const rows = (values: readonly number[]) =>
    values
      .map((value, k) => `${value.toExponential(16)}${(k + 1) % perLine === 0 ? "\n" : " "}`)
      .join("")
      .trimEnd();
  return [
    "artificial",
    "potential",
    "Thursday, May 29, 2008",
    `${count} ${elements.join(" ")}`,
    `${embedding[0].length} ${drho} ${density[0].length} ${dr} ${cutoff}`,
    ...elements.flatMap((_, source) => [
      `${29 + source} ${MASSES[source]} 3.6 fcc`,
      rows(embedding[source]),
      ...(alloy ? [rows(density[source])] : elements.map((_e, host) => rows(density[host * count + source]))),
    ]),
    ...pair.map(rows),
    "",
  ].join("\n");
}

const same = (a: readonly number[], b: readonly number[]) => a.every((x, k) => x === b[k]);
