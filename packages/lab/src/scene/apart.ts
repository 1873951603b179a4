/** A spot on the stage, CSS pixels. */
export interface SeenSpot {
  readonly rank: number;
  readonly name: string;
  /** Its cell of the map. */
  readonly bin: readonly number[];
  readonly x: number;
  readonly y: number;
}

/** Where the mark of a spot stands on the stage, CSS pixels. */
export interface SpotPlace extends SeenSpot {
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

/** What marks are not to cover, CSS pixels. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Puts marks beside softer ones, and beside what is taken, that they would cover. */
export function apart(
  spots: readonly SeenSpot[],
  scale = 1,
  taken: readonly Disc[] = [],
): readonly SpotPlace[] {
  const placed: SpotPlace[] = [];
  for (const spot of spots) {
    const { rank, x, y } = spot;
    const own = scale * markRadius(rank) + 1;
    const free = (px: number, py: number): boolean =>
      placed.every(
        (other) => Math.hypot(other.x - px, other.y - py) >= own + scale * markRadius(other.rank),
      ) && taken.every((disc) => Math.hypot(disc.x - px, disc.y - py) >= own + disc.radius);
    const ways = Array.from({ length: RINGS * WAYS }, (_, k): [number, number] => {
      const [far, turn] = [(1 + Math.floor(k / WAYS)) * 1.6 * own, ((k % WAYS) * 2 * Math.PI) / WAYS];
      return [x + far * Math.cos(turn), y + far * Math.sin(turn)];
    });
    const [px, py] = [[x, y] as const, ...ways].find((place) => free(...place)) ?? [x, y];
    placed.push({ ...spot, x: px, y: py, toX: x - px, toY: y - py });
  }
  return placed;
}

/** Pins of events nearer to the upper edge than this hang down, CSS pixels. */
const PIN_HEIGHT = 40;

/** Whether a pin whose point is at a height hangs down. */
export function hangs(y: number): boolean {
  return y < PIN_HEIGHT;
}

/** Events are marked larger the more energy they set free: by its decades, from 10⁻⁴ to 10 ε. */
export function pinSize(drop: number): number {
  return 0.75 + 0.1 * Math.min(5, Math.max(0, Math.log10(drop) + 4));
}

/** What a pin covers: its head and its point. */
export function pinDiscs(x: number, y: number, size: number): readonly Disc[] {
  const head = 16 * size * (hangs(y) ? 1 : -1);
  return [
    { x, y: y + head, radius: 10 * size },
    { x, y: y + 0.4 * head, radius: 3 * size },
    { x, y, radius: 4 },
  ];
}
