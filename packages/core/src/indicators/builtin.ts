import { debyeWaller } from "./debye-waller.ts";
import { displacement } from "./displacement.ts";
import { energy } from "./energy.ts";
import type { Indicator } from "./indicator.ts";
import { lte } from "./lte.ts";
import { modes } from "./modes.ts";
import { nonaffinity } from "./nonaffinity.ts";
import { softening } from "./softening.ts";

/** The indicators that softfield brings along, in the order in which they are listed. */
export const BUILT_IN: readonly Indicator[] = [
  lte,
  modes,
  debyeWaller,
  displacement,
  energy,
  nonaffinity,
  softening,
];
