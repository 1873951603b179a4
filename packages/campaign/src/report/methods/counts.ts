import { grouped } from "@softfield/node";
import { describeSeeds } from "../../plan/seeds.ts";
import type { Quality } from "../collect.ts";
import type { MethodsSource } from "./source.ts";

/** Of each ensemble how many samples were asked for, made and computed, and how good they are. */
export function countSentences({ campaign, survey, data }: MethodsSource): string[] {
  return campaign.ensembles.map(({ name, glasses }) => {
    const asked = campaign.seeds.get(name)?.length ?? 0;
    const own = survey.filter(({ ensemble }) => ensemble.name === name);
    const stages = own.map(({ stage, done, failed }) => {
      const lost = failed.length === 0 ? "" : ` (${failed.length} failed)`;
      return `${stage.name} ${done.length}${lost}`;
    });
    const quality = data.find((ensemble) => ensemble.name === name)?.quality;
    const sound = quality === undefined || Number.isNaN(quality.residual) ? "" : ` ${qualityWords(quality)}`;
    return `${name}: ${asked} ${glasses ? "configurations" : "samples"} asked for; done: ${stages.join(", ")}.${sound}`;
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
