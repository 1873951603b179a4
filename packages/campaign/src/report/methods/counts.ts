import { grouped } from "@softfield/node";
import { describeSeeds } from "../../plan/seeds.ts";
import { shearSection } from "../../stages/shear.ts";
import type { Quality } from "../collect.ts";
import type { MethodsSource } from "./source.ts";

/** Of each ensemble how many samples were asked for, made and computed, and how good they are. */
export function countSentences({ campaign, survey, data }: MethodsSource): string[] {
  return campaign.ensembles.map((ensemble) => {
    const { name, glasses } = ensemble;
    const asked = campaign.seeds.get(name)?.length ?? 0;
    const own = survey.filter((stage) => stage.ensemble.name === name);
    const stages = own.map(({ stage, done, failed }) => {
      const lost = failed.length === 0 ? "" : ` (${failed.length} failed)`;
      return `${stage.name} ${done.length}${lost}`;
    });
    const found = data.find((one) => one.name === name);
    const quality = found?.quality;
    const wanted = shearSection.of(ensemble)?.events ?? 0;
    const fewer = found?.events.filter(({ strains }) => strains.length < wanted).length ?? 0;
    const short =
      fewer === 0
        ? ""
        : ` In ${fewer} of them fewer than ${wanted} plastic events happened up to the largest strain.`;
    const sound = quality === undefined || Number.isNaN(quality.residual) ? "" : ` ${qualityWords(quality)}`;
    return `${name}: ${asked} ${glasses ? "configuration" : "sample"}${asked === 1 ? "" : "s"} asked for; done: ${stages.join(", ")}.${short}${sound}`;
  });
}

function qualityWords({ residual, sumRule, withRattlers }: Quality): string {
  const words = [`largest residual of a minimum ${residual.toExponential(1)} of the typical pair force`];
  if (Number.isFinite(sumRule))
    words.push(`largest error of the sum rule of energies ${sumRule.toExponential(1)}`);
  if (withRattlers > 0)
    words.push(`${withRattlers} samples have particles that nothing holds, which are left out`);
  const text = words.join("; ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** Seeds of failures that are named. */
const NAMED = 10;

/** Why samples failed; says where none did. */
export function failureSentences({ survey }: MethodsSource): string[] {
  const failures = survey.flatMap(({ ensemble, stage, failed }) =>
    // the reason names the file of what is one
    failed.map(({ seed, reason }) => ({
      key: `${ensemble.name}, ${stage.name}: ${reason}`,
      seed: ensemble.glasses ? undefined : seed,
    })),
  );
  if (failures.length === 0) return ["No sample failed and none was excluded."];
  const reasons = [...grouped(failures, ({ key }) => key)].map(([key, own]) => {
    const seeds = own.flatMap(({ seed }) => seed ?? []).sort((a, b) => a - b);
    if (seeds.length === 0) return key;
    const more = seeds.length > NAMED ? `, and ${seeds.length - NAMED} more` : "";
    return `${key} (${seeds.length === 1 ? "seed" : "seeds"} ${describeSeeds(seeds.slice(0, NAMED), { to: "–" })}${more})`;
  });
  return [`Samples that failed are excluded from what needs the stage that failed: ${reasons.join("; ")}.`];
}
