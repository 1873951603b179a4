import { jet } from "./jet.ts";
import { addSmoothing, highestSmoothing } from "./smoothing.ts";
import { evaluateTable } from "./table.ts";
import { COEFFICIENT_STRIDE, Coefficient, type PotentialTable } from "./types.ts";

/** A derivative counts as zero at the cutoff where it is below this fraction of its median over the table. */
const NEGLIGIBLE = 1e-4;
/** Points of which the median is taken. */
const POINTS = 64;

/**
 * Order, 0 … 3, of the lowest derivative of φ that jumps at the cutoff of any pair of a tabulated model; 4 where none
 * does. Tables may end smoothly by themselves, e.g. shifted in force. O(pairs).
 */
export function jumpAtTableEnd(coefficients: Float64Array, tables: readonly PotentialTable[]): number {
  const highest = highestSmoothing(coefficients);
  let lowest = 4;
  for (let row = 0; row < coefficients.length; row += COEFFICIENT_STRIDE) {
    const cutoff = coefficients[row + Coefficient.Cutoff];
    if (cutoff === 0) continue;
    const table = tables[coefficients[row + Coefficient.Parameters]];
    const jetAt = (x: number) => {
      evaluateTable(table, x);
      addSmoothing(coefficients, row + Coefficient.Smoothing, highest, x);
      return Float64Array.of(jet.d0, jet.d1, jet.d2, jet.d3).map(Math.abs);
    };
    const end = jetAt(cutoff);
    const within = Array.from({ length: POINTS }, (_, k) =>
      jetAt(table.rMin + ((cutoff - table.rMin) * (k + 0.5)) / POINTS),
    );
    const jump = end.findIndex((value, order) => {
      const typical = Float64Array.from(within, (jet) => jet[order]).sort()[POINTS >> 1];
      return value > NEGLIGIBLE * typical;
    });
    if (jump >= 0) lowest = Math.min(lowest, jump);
  }
  return lowest;
}
