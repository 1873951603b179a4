import { jet } from "../jet.ts";
import { evaluateTable } from "../table.ts";
import type { EmbeddingTerm, PotentialTable } from "../types.ts";

/** A derivative counts as zero at the cutoff where it is below this fraction of its median: files have so many digits. */
const NEGLIGIBLE = 0.03;
/** Points of which the median is taken, between these fractions of the cutoff. */
const POINTS = 64;
const FROM = 0.3;

/** Order, 0 … 3, of the lowest derivative of φ or f that does not end smoothly at the cutoff of a file of embedded atoms. */
export function jumpAtFilesEnd(
  { cutoff, densities }: EmbeddingTerm,
  pairs: readonly PotentialTable[],
): number | undefined {
  const order = Math.min(...[...pairs, ...densities].map((table) => jumpAtEnd(table, cutoff)));
  return order > 3 ? undefined : order;
}

/** That in a sentence; none where all ends smoothly. */
export function endWarnings({ cutoff, jump }: EmbeddingTerm): string[] {
  if (jump === undefined) return [];
  const what = ["φ or f itself", "φ′ or f′", "φ″ or f″", "φ‴ or f‴"][jump];
  const means =
    jump === 0
      ? "energies and forces do not belong together there"
      : "local thermal energies mean little for pairs that thermal motion carries across";
  return [
    `${what} of the file jumps at its cutoff, r = ${cutoff}: ${means}; keep it for a glass that was made with it`,
  ];
}

/** Order, 0 … 4, of the lowest derivative that does not vanish at the cutoff. */
function jumpAtEnd(table: PotentialTable, cutoff: number): number {
  const jetAt = (r: number) => {
    evaluateTable(table, r);
    return [jet.d0, jet.d1, jet.d2, jet.d3].map(Math.abs);
  };
  const within = Array.from({ length: POINTS }, (_, k) =>
    jetAt(cutoff * (FROM + ((1 - FROM) * (k + 0.5)) / POINTS)),
  );
  const jump = jetAt(cutoff).findIndex((value, order) => {
    const typical = within.map((values) => values[order]).sort((a, b) => a - b)[POINTS >> 1];
    return value > NEGLIGIBLE * typical;
  });
  return jump < 0 ? 4 : jump;
}
