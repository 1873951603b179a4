/** Where the mark of a spot stands on the stage, CSS pixels. */
export interface SpotPlace {
  readonly rank: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** The spot itself, from there: elsewhere only where marks would cover each other. */
  readonly toX: number;
  readonly toY: number;
}

/** Radius of the mark of a spot, CSS pixels. */
export function markRadius(rank: number): number {
  return rank <= 5 ? 10 : 8;
}

/** Where a mark goes that finds its place taken: steps of its own size, in so many directions. */
const [RINGS, WAYS] = [3, 12];

/** Puts marks that would cover softer ones beside them. */
export function apart(
  spots: readonly { readonly rank: number; readonly name: string; readonly x: number; readonly y: number }[],
  scale = 1,
): readonly SpotPlace[] {
  const placed: SpotPlace[] = [];
  for (const { rank, name, x, y } of spots) {
    const own = scale * markRadius(rank) + 1;
    const free = (px: number, py: number): boolean =>
      placed.every((other) => Math.hypot(other.x - px, other.y - py) >= own + scale * markRadius(other.rank));
    const ways = Array.from({ length: RINGS * WAYS }, (_, k): [number, number] => {
      const [far, turn] = [(1 + Math.floor(k / WAYS)) * 1.6 * own, ((k % WAYS) * 2 * Math.PI) / WAYS];
      return [x + far * Math.cos(turn), y + far * Math.sin(turn)];
    });
    const [px, py] = [[x, y] as const, ...ways].find((place) => free(...place)) ?? [x, y];
    placed.push({ rank, name, x: px, y: py, toX: x - px, toY: y - py });
  }
  return placed;
}
