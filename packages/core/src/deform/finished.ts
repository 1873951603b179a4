import { type Glass, type GlassRecipe, type Preparation, prepare } from "../dynamics/index.ts";
import type { WorkControl } from "../progress.ts";
import { minimizeBox } from "./boxminimum.ts";

/**
 * Ends a preparation: its inherent structure; where its protocol names a pressure P, the minimum of U + PV in positions and in the size of the
 * box (`minimizeBox`) that the inherent structure leads to. Throws as `Preparation.finish` and `minimizeBox`.
 */
export function finishedGlass(preparation: Preparation, control: WorkControl = {}): Glass {
  const glass = preparation.finish(control);
  const { pressure, minimizer: method, tolerance } = preparation.protocol;
  if (pressure === undefined || glass.minimization.status !== "converged") return glass;
  const { model } = preparation.recipe;
  const { system, minimum } = minimizeBox(glass.system, model, { pressure, method, tolerance }, control);
  return { ...glass, system, minimization: minimum };
}

/**
 * Makes a glass: liquid, quench, minimum (SI A, Zylberg 2017), at constant volume or pressure. One seed, the same bits on every
 * engine.
 *
 * Not every quench ends well: look at `minimization.status`. Throws as `Preparation.start` and `finishedGlass`, "numerics"
 * where the time step is too large, "aborted" when the signal fires. Cost: some 44,000 force evaluations for 2DIPL by the paper;
 * at constant pressure an energy and a list of neighbours more every ten steps.
 */
export function makeGlass(recipe: GlassRecipe, control: WorkControl = {}): Glass {
  return finishedGlass(prepare(recipe, control), control);
}
