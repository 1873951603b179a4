import { bondOrder } from "./bond-order.ts";
import { cubicModes } from "./cubic-modes.ts";
import { debyeWaller } from "./debye-waller.ts";
import { displacement } from "./displacement.ts";
import { energy } from "./energy.ts";
import { freeVolume } from "./free-volume.ts";
import type { Indicator } from "./indicator.ts";
import { localModulus } from "./local-modulus.ts";
import { localYieldStrain, localYieldStress } from "./local-yield.ts";
import { lte } from "./lte.ts";
import { lteAround } from "./lte-around.ts";
import { lteSquared } from "./lte-squared.ts";
import { modes } from "./modes.ts";
import { nonaffinity } from "./nonaffinity.ts";
import { pressure } from "./pressure.ts";
import { pseudoHarmonic } from "./pseudo-harmonic.ts";
import { softening } from "./softening.ts";
import { thermalModes } from "./thermal-modes.ts";
import { tongTanaka } from "./tong-tanaka.ts";
import { topologicalCharge } from "./topological-charge.ts";
import { twoBodyEntropy } from "./two-body-entropy.ts";

/** The indicators that softfield brings along, in the order in which they are listed. */
export const BUILT_IN: readonly Indicator[] = [
  // of the paper, and what the same factor gives
  ...[
    lte,
    modes,
    debyeWaller,
    displacement,
    energy,
    nonaffinity,
    softening,
    lteSquared,
    lteAround,
    thermalModes,
  ],
  ...[localModulus, pseudoHarmonic, cubicModes, localYieldStrain, localYieldStress, topologicalCharge],
  // of the structure alone
  ...[pressure, freeVolume, bondOrder, tongTanaka, twoBodyEntropy],
];
