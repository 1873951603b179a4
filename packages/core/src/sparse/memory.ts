import { power } from "../elementary.ts";
import { OutOfMemory } from "../errors.ts";

let free: (() => number) | undefined;

/** How to ask what memory is free, in bytes: factors that need more are refused. Without it no limit is known. */
export function useMemory(ask?: () => number): void {
  free = ask;
}

/** What a factor leaves of free memory for all else. */
const SHARE = 0.95;

/** Throws "resource" where a factor needs more memory than is free; `exponent`: how its need grows with the size. */
export function requireMemory(bytes: number, size: number, exponent: number): void {
  const available = free?.() ?? Infinity;
  if (bytes <= SHARE * available) return;
  const gib = (x: number) => `${(x / 2 ** 30).toPrecision(3)} GiB`;
  const fewer = size * power((SHARE * available) / bytes, 1 / exponent);
  throw new OutOfMemory(
    `factor and inverse of the Hessian of ${size} particles need ${gib(bytes)} of memory, and ${gib(available)} are ` +
      `free: free some, take a machine that has so much, or fewer particles (some ${Number(fewer.toPrecision(2))} would do); local thermal ` +
      "energies of pairs are had with little memory by '--windows'",
  );
}
