import { type Frame, frameOfSystem, type Glass, type GlassRecipe, type InfoValue } from "softfield";
import { version } from "../shell/version.ts";

/** The file of a glass: its header says how to make it again, and how good it is. */
export function glassFrame({ system, minimization, protocol }: Glass, { model, seed }: GlassRecipe): Frame {
  const { kind, ...numbers } = protocol;
  const info = new Map<string, InfoValue>([
    ["model", model.name],
    ["protocol", kind],
    // The shortest digits that read back as the same number, as the user wrote them.
    ...Object.entries(numbers).map(([key, value]): [string, string] => [key, String(value)]),
    ["seed", seed],
    ["softfield", version],
    ["energy", minimization.energy],
    ["residual", minimization.residual],
  ]);
  const d = system.box.dimension;
  // Positions lie around the origin: the box does too.
  const origin = new Float64Array(d);
  system.box.vectors.forEach((entry, k) => {
    origin[k % d]! -= 0.5 * entry;
  });
  return { ...frameOfSystem(system, model, { info }), origin };
}
