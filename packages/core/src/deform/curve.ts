/** A minimum on an elastic branch: its strain, its stress, and how many events came before it. */
interface OnBranch {
  readonly strain: number;
  readonly stress: number;
  readonly events: number;
}

interface Drop {
  readonly strain: number;
  readonly stressBefore: number;
  readonly stressAfter: number;
}

/**
 * Stress over strain as a broken line, from the minima of a path and its events in order: every event stands in it twice, with the
 * stress before it and with that after it.
 */
export function stressStrainCurve(
  path: readonly OnBranch[],
  events: readonly Drop[],
): { readonly strain: number[]; readonly stress: number[] } {
  const strain: number[] = [];
  const stress: number[] = [];
  let passed = 0;
  const drop = (event: Drop): void => {
    strain.push(event.strain, event.strain);
    stress.push(event.stressBefore, event.stressAfter);
  };
  for (const point of path) {
    for (; passed < Math.min(point.events, events.length); passed++) drop(events[passed]);
    strain.push(point.strain);
    stress.push(point.stress);
  }
  for (const event of events.slice(passed)) drop(event);
  return { strain, stress };
}
