import type { Bets } from "./bet.ts";

/** A game that was played, as its code tells it. */
export interface Result {
  readonly series: number;
  readonly rounds: readonly Bets[];
}

/** Shares are told in steps of 1/250, rounded up, so that a hit stays one; 255: there was none. */
const STEPS = 250;
const NONE = 255;

/** A code of some fifty letters that tells a game; `resultOf` reads it. */
export function codeOf({ series, rounds }: Result): string {
  const share = (value: number | undefined) =>
    value === undefined ? NONE : Math.ceil(Math.min(1, Math.max(0, value)) * STEPS - 1e-9);
  const bytes = [
    series >> 16,
    (series >> 8) & 255,
    series & 255,
    ...rounds.flatMap(({ you, lte, modes }) => [share(you), share(lte), share(modes)]),
  ];
  const sum = bytes.reduce((total, byte, k) => (total + (k + 1) * byte) % 251, 0);
  return `sf3-${btoa(String.fromCharCode(...bytes, sum))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")}`;
}

/** The game that a code tells; undefined where it is none, or damaged. */
export function resultOf(code: string): Result | undefined {
  const [, text] = /^sf3-([\w-]+)$/.exec(code.trim()) ?? [];
  if (!text) return undefined;
  let bytes: number[];
  try {
    bytes = Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
  const sum = bytes.pop();
  if (bytes.length < 6 || bytes.length % 3 !== 0) return undefined;
  if (bytes.reduce((total, byte, k) => (total + (k + 1) * byte) % 251, 0) !== sum) return undefined;
  const share = (byte: number) => (byte === NONE ? undefined : byte / STEPS);
  const rounds = Array.from({ length: bytes.length / 3 - 1 }, (_, k): Bets => {
    const [you, lte, modes] = bytes.slice(3 * k + 3, 3 * k + 6).map(share);
    return { you, lte, modes };
  });
  return { series: (bytes[0] << 16) | (bytes[1] << 8) | bytes[2], rounds };
}

/** All codes in a text: pasted lines, links, messages; each once. */
export function codesIn(text: string): string[] {
  return [...new Set(text.match(/sf3-[\w-]+/g) ?? [])].filter((code) => resultOf(code) !== undefined);
}
