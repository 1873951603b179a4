/**
 * C = 1 − 2·CDF of the softness field at the place of events 1 to 5, the mean of 300 glasses of this kind, by local
 * thermal energies and by normal modes (docs/reproduction/correlation.csv).
 */
export const ENSEMBLE_C: readonly (readonly [lte: number, modes: number])[] = [
  [0.83, 0.73],
  [0.67, 0.48],
  [0.51, 0.32],
  [0.45, 0.28],
  [0.44, 0.23],
];

/** Of these 300 glasses, the share whose first event lies nearest to the softest spot (docs/reproduction/fractions.csv). */
export const SOFTEST_FIRST = 0.22;

/** What one glass shows and what it does not: the scores of `softfield predict` (its .tsv) beside the ensemble's. */
export function besideEnsemble(scores: string): string {
  const [header, ...rows] = scores
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const [lte, modes] = ["lte_correlation", "modes_correlation"].map((name) => header.indexOf(name));
  const table = ENSEMBLE_C.flatMap(([byE, byModes], k) => {
    const row = rows[k];
    if (row === undefined) return [];
    const cells = [Number(row[lte]), Number(row[modes]), byE, byModes].map((c) => c.toFixed(2).padStart(9));
    return [`${String(k + 1).padStart(5)}${cells.join("")}`];
  });
  return [
    "How soft was each place beforehand? C = 1: the softest of the glass, 0: the median, -1: the stiffest.",
    "          this glass    mean of 300 such glasses",
    "event     by E by modes     by E by modes",
    ...table,
    "This glass was chosen: its first event strikes its softest spot, as it does in " +
      `${Math.round(100 * SOFTEST_FIRST)} of 100 glasses. One glass`,
    "shows what a prediction looks like, its later events may miss; whether E foretells better than chance, or than",
    "the normal modes, only many glasses show: docs/REPRODUCTION.md, and 'softfield init' for an ensemble of your own.",
  ].join("\n");
}
