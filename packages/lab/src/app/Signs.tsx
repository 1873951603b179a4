import type { JSX } from "preact";
import type { MarkKey } from "../scene/keys.ts";

/** A cross hair. */
export function BetSign(): JSX.Element {
  return (
    <>
      <circle r="11" />
      <path d="M-17 0H-6M6 0H17M0-17V-6M0 6V17" />
    </>
  );
}

/** A square with the letter of the modes. */
export function RivalSign(): JSX.Element {
  return (
    <>
      <rect x="-8" y="-8" width="16" height="16" rx="2" />
      <text dy="0.35em">M</text>
    </>
  );
}

/** What the marks of a picture look like, for its legend. */
export const SIGNS: Readonly<Record<MarkKey["kind"], JSX.Element>> = {
  spot: (
    <svg width="18" height="18" viewBox="-10 -10 20 20" class="spot first" aria-hidden="true">
      <circle r="7.5" />
      <text dy="0.35em">1</text>
    </svg>
  ),
  event: (
    <svg width="18" height="20" viewBox="-12 -24 24 27" class="event" aria-hidden="true">
      <path d="M0-2L11-23H-11Z" />
      <circle r="2.5" />
    </svg>
  ),
  bet: (
    <svg width="18" height="18" viewBox="-18 -18 36 36" class="bet" aria-hidden="true">
      <BetSign />
    </svg>
  ),
  rival: (
    <svg width="18" height="18" viewBox="-10 -10 20 20" class="rival" aria-hidden="true">
      <RivalSign />
    </svg>
  ),
};
