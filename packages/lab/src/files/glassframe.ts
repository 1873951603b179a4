import { type Frame, frameOfSystem, type Glass, type GlassRecipe, type InfoValue } from "softfield";

/** The file of a glass, byte for byte as `softfield make` writes it (a test compares them). */
export function glassFrame(
  { system, minimization, protocol }: Glass,
  { model, seed }: Pick<GlassRecipe, "model" | "seed">,
  version: string,
): Frame {
  const { kind, ...numbers } = protocol;
  const info = new Map<string, InfoValue>([
    ["model", model.name],
    ["protocol", kind],
    ...Object.entries(numbers).map(([key, value]): [string, string] => [key, String(value)]),
    ["seed", seed],
    ["softfield", version],
    ["energy", minimization.energy],
    ["residual", minimization.residual],
  ]);
  const d = system.box.dimension;
  const origin = new Float64Array(d);
  system.box.vectors.forEach((entry, k) => {
    origin[k % d]! -= 0.5 * entry;
  });
  return { ...frameOfSystem(system, model, { info }), origin };
}
