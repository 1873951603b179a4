import type { Glass, GlassRecipe } from "../dynamics/index.ts";
import { type Frame, frameOfSystem, type InfoValue } from "../formats/index.ts";

/**
 * What the file of a glass is written from: its header says how to make it again (model, protocol, seed, `version` of
 * softfield) and how good it is (energy, residual). Every shell writes the same bytes. O(N).
 */
export function glassFrame(
  { system, minimization, protocol, equilibration }: Glass,
  { model, seed }: Pick<GlassRecipe, "model" | "seed">,
  version: string,
): Frame {
  const { kind, ...numbers } = protocol;
  const info = new Map<string, InfoValue>([
    ["model", model.name],
    ["protocol", kind],
    // the shortest digits that read back as the same number, as the user wrote them
    ...Object.entries(numbers).map(([key, value]): [string, string] => [key, String(value)]),
    ["seed", seed],
    ["softfield", version],
    ["energy", minimization.energy],
    ["residual", minimization.residual],
    ...(equilibration ? [["equilibration", equilibration.status] as const] : []),
  ]);
  const d = system.box.dimension;
  // positions lie around the origin: the box does too
  const origin = new Float64Array(d);
  system.box.vectors.forEach((entry, k) => {
    origin[k % d] = origin[k % d] - 0.5 * entry;
  });
  return { ...frameOfSystem(system, model, { info }), origin };
}
