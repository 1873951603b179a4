import type { CholeskyFactor } from "./factorize.ts";

/**
 * The particles (factor order) of every component that a pin holds; of every component where there are no pins.
 * A uniform shift of one of them costs no energy.
 */
export function constantModes({ workspace, pins }: CholeskyFactor): Int32Array[] {
  const { component, componentCount, order } = workspace.symbolic;
  const members: number[][] = Array.from({ length: componentCount }, () => []);
  for (let k = 0; k < order.length; k++) members[component[order[k]]].push(k);
  const held = new Set(Array.from(pins, (pin) => component[pin]));
  return members.filter((_, c) => held.size === 0 || held.has(c)).map((list) => Int32Array.from(list));
}

/** Removes the mean displacement of each group from a vector in factor order, in place. */
export function removeTranslations(groups: readonly Int32Array[], d: number, x: Float64Array): void {
  for (const group of groups) {
    for (let a = 0; a < d; a++) {
      let mean = 0;
      for (let q = 0; q < group.length; q++) mean += x[group[q] * d + a];
      mean /= group.length;
      for (let q = 0; q < group.length; q++) x[group[q] * d + a] -= mean;
    }
  }
}
