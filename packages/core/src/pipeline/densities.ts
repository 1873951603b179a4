import { densityJet, embeddingJet, type PairModel, type PotentialTable } from "../models/index.ts";
import { rounded } from "../rounded.ts";
import { neighborPairs, type System } from "../space/index.ts";

/** Rows of F from 0 on between which a function like √ρ cannot be told from them. */
const FIRST_ROWS = 4;
/** F″ changes by more than this over them only where F is no smooth function there. */
const STEEP = 3;

/** Atoms whose densities lie where a model's embedding functions are not known, in sentences. One neighbour search. */
export function densityDoubts({ box, positions, species }: System, { embedding }: PairModel): string[] {
  if (!embedding) return [];
  const { functions, cutoff } = embedding;
  const { i, j, du } = neighborPairs(box, positions, cutoff);
  const d = box.dimension;
  const rho = new Float64Array(species.length);
  const jet = new Float64Array(4);
  i.forEach((a, m) => {
    const b = j[m];
    let square = 0;
    for (let c = 0; c < d; c++) square += du[m * d + c] * du[m * d + c];
    const r = Math.sqrt(square);
    densityJet(embedding, [species[a], species[b]], r, jet);
    rho[a] += jet[0];
    densityJet(embedding, [species[b], species[a]], r, jet);
    rho[b] += jet[0];
  });
  const beyond = numbersOf(species, (p) => rho[p] > endOf(functions[species[p]]));
  const below = numbersOf(species, (p) => rho[p] < 0);
  const first = numbersOf(
    species,
    (p) => rho[p] >= 0 && rho[p] < FIRST_ROWS * functions[species[p]].spacing && steep(species[p]),
  );
  function steep(s: number): boolean {
    const { spacing } = functions[s];
    const curvature = (row: number) => {
      embeddingJet(embedding!, s, row * spacing, jet);
      return Math.abs(jet[2]);
    };
    return curvature(1) > STEEP * curvature(FIRST_ROWS);
  }
  return [
    ...said(beyond, (p) => [
      `denser than their table of F, which ends at ρ = ${rounded(endOf(functions[species[p]]), 4)} (ρ = ${rounded(rho[p], 4)})`,
      "beyond it F is a straight line, as in LAMMPS, and F″ jumps. Are the species and the unit of length those of the potential?",
    ]),
    ...said(below, (p) => [
      `of negative density (ρ = ${rounded(rho[p], 4)})`,
      "F goes on there as in the first interval of its table, which says nothing of it",
    ]),
    ...said(first, (p) => [
      `of a density within the first rows of F (ρ = ${rounded(rho[p], 4)}, rows ${rounded(functions[species[p]].spacing, 4)} apart)`,
      "where F is like √ρ its second derivative is unbounded at 0, and the rows say little of it: their local thermal energies mean little. Do these atoms belong to the glass?",
    ]),
  ];
}

function endOf({ rMin, spacing, polynomials, degree }: PotentialTable): number {
  return rMin + (spacing * polynomials.length) / (degree + 1);
}

function numbersOf(species: Int32Array, test: (p: number) => boolean): number[] {
  return Array.from(species.keys()).filter(test);
}

function said(atoms: readonly number[], words: (first: number) => readonly [string, string]): string[] {
  if (atoms.length === 0) return [];
  const [what, means] = words(atoms[0]);
  const who =
    atoms.length === 1 ? `particle ${atoms[0]} is` : `${atoms.length} particles, ${atoms[0]} the first, are`;
  return [`${who} ${what}: ${means}`];
}
