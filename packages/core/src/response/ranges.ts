import { SoftfieldError } from "../errors.ts";

/** Refuses what is no index of `count` things: "there is no bond 7 (0…5)". */
export function requireIndex(what: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  const range = count === Number.POSITIVE_INFINITY ? "give a whole number from 0" : `0…${count - 1}`;
  throw new SoftfieldError(
    "usage",
    `there is no ${what} ${index} (${count === 0 ? "there are none" : range})`,
    what === "particle" ? { particle: index } : {},
  );
}

/** Refuses axes of a stress or virial that the dimension d does not have. */
export function requireAxes(axes: readonly [number, number], d: number): void {
  for (const axis of axes) requireIndex("axis", axis, d);
}
