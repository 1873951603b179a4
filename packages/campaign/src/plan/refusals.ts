import type { PairModel } from "softfield";
import { maxCutoff } from "softfield/internal";
import { type CampaignSource, campaignError } from "./faults.ts";
import type { Asked, Refusal, Section } from "./section.ts";

/**
 * Refuses glasses so small that a particle would meet its own image: the edge of a box, (N/ρ)^(1/d), must be longer than
 * the longest cutoff. Models that mix diameters are left to the dynamics: their cutoffs are those of the particles.
 */
export function refuseSmallBox(
  { model, particles }: { model: PairModel; particles: number },
  path: readonly string[],
  source: CampaignSource,
): void {
  const { glass, dimension } = model;
  if (glass === undefined || dimension === undefined || model.mixing !== undefined) return;
  const cutoff = maxCutoff(model);
  const edge = (particles / glass.density) ** (1 / dimension);
  if (edge > cutoff) return;
  const least = Math.floor(cutoff ** dimension * glass.density) + 1;
  throw campaignError(
    source,
    path,
    `the box of ${particles} particles is ${edge.toPrecision(4)} wide, not more than the cutoff ${cutoff.toPrecision(4)} of ` +
      `${model.name}: particles would interact with their own images; take at least ${least}`,
  );
}

/** Refuses what the sections themselves can't be asked for, of such glasses or beside each other. */
export function refuseImpossible(
  asked: Asked,
  path: readonly string[],
  source: CampaignSource & { readonly sections: readonly Section[] },
): void {
  for (const section of source.sections) {
    const fault = section.refuse(asked);
    if (fault !== undefined)
      throw campaignError(source, [...path, section.name, ...fault.field], fault.message);
  }
}

/** Why more vibrations are asked for than there are. */
export function refuseModes(
  count: number,
  { particles, dimension }: Asked,
  field: readonly string[],
): Refusal | undefined {
  const most = (particles - 1) * dimension;
  if (count <= most) return undefined;
  return { field, message: `${count} modes: there are ${most} vibrations of so few particles` };
}
