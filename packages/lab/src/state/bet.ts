import { computed, signal } from "@preact/signals";
import { glass, onForget } from "./glass.ts";
import { foretold } from "./maps.ts";
import { nearerShare } from "./nearer.ts";
import { events, sheared } from "./shear.ts";

/** Whether a tap in the picture says where the glass will break. */
export const betting = signal(false);
/** The place that was tapped: d, λ, in the box of the unsheared glass's file. */
export const bet = signal<Float64Array | undefined>(undefined);
/** Nothing but particles is seen: what would tell the answer is hidden. */
export const blind = signal(false);

onForget.add(() => {
  bet.value = undefined;
  betting.value = false;
  blind.value = false;
});

/** Bets on a place of the picture of the unsheared glass; outside the box there is nothing to break. */
export function placeBet(x: number, y: number): boolean {
  const now = glass.value;
  if (!betting.value || !now || sheared.value || now.system.box.dimension !== 2) return false;
  const [lx, , xy, ly] = now.system.box.vectors;
  const [s, t] = [(x - (xy * y) / ly) / lx, y / ly];
  if (s < 0 || s > 1 || t < 0 || t > 1) return false;
  const [left, bottom] = now.corner;
  bet.value = Float64Array.of(x + left, y + bottom);
  return true;
}

/** Moves the bet by steps of a particle's size; the first step begins in the middle. False where no bet can be placed. */
export function aim(dx: number, dy: number): boolean {
  const now = glass.value;
  if (!betting.value || !now || now.system.box.dimension !== 2) return false;
  const v = now.system.box.vectors;
  const [left, bottom] = now.corner;
  const from = bet.value ?? Float64Array.of(left + (v[0] + v[2]) / 2, bottom + (v[1] + v[3]) / 2);
  placeBet(from[0] - left + dx, from[1] - bottom + dy);
  return true;
}

/**
 * One place against another: of the glass, the share that lies nearer to your bet, to the softest spot of E's map and to
 * that of the modes than the place that broke. 0 is perfect, ½ on average by chance; a hit where it is at most a tenth.
 */
export interface Bets {
  readonly you: number | undefined;
  readonly lte: number | undefined;
  readonly modes: number | undefined;
}

/** How the bets on a glass did at its first event. */
export const outcome = computed<Bets | undefined>(() => {
  const system = glass.value?.system;
  const first = events.value.find(({ ordinal }) => ordinal === 1);
  if (!system || !first) return undefined;
  const nearer = (place: Float64Array | undefined) => place && nearerShare(system, place, first.particle);
  const { lte, modes } = foretold.value;
  return {
    you: nearer(bet.value),
    lte: nearer(lte?.marks[0]?.position),
    modes: nearer(modes?.marks[0]?.position),
  };
});
