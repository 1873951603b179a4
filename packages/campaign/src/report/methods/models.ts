import { grouped } from "@softfield/node";
import { describeModel, type PairModel } from "softfield";
import { doubtsOfFit } from "softfield/internal";
import type { Campaign, Ensemble } from "../../plan/campaign.ts";
import { readGlass } from "../../plan/glasses.ts";
import { unitSentence } from "../units.ts";
import type { MethodsSource } from "./source.ts";

/** Ensembles by the model that they share, as it is defined. */
function byModel({ ensembles }: Pick<Campaign, "ensembles">): [PairModel, Ensemble[]][] {
  const groups = grouped(ensembles, ({ model }) => JSON.stringify(model.definition));
  return [...groups.values()].map((own) => [own[0].model, own]);
}

/** "a, b and c" */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Of each model its formula with truncation and parameters, and its units. */
export function modelSentences(campaign: Pick<Campaign, "ensembles">): string[] {
  return byModel(campaign).map(([model, own]) => {
    const [name, ...lines] = describeModel(model)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => !line.startsWith("warning:"));
    const masses = model.masses === undefined ? "All masses are 1." : "";
    // a model that names its units has them in its lines
    const units =
      model.definition.units === undefined
        ? `Numbers are in reduced units, ${unitSentence(model)} (k_B = 1). ${masses}`
        : `Temperatures are energies over k_B. ${masses}`;
    const whose = campaign.ensembles.length > 1 ? `${listed(own.map((ensemble) => ensemble.name))}: ` : "";
    return `${whose}model ${name}. ${lines.join("; ")}. ${truncationSentence(model)} ${units}`.trimEnd();
  });
}

/** How smooth the pair potential ends. */
function truncationSentence({ smoothness }: PairModel): string {
  const orders = ["φ", "φ′", "φ″", "φ‴"];
  if (smoothness < 0) return "φ itself jumps at the cutoff r_c.";
  if (smoothness === Infinity) return "φ and all its derivatives vanish at the cutoff r_c.";
  if (smoothness >= orders.length)
    return `φ and its first ${smoothness} derivatives vanish at the cutoff r_c.`;
  const next = orders[smoothness + 1];
  return `${listed(orders.slice(0, smoothness + 1))} ${smoothness === 0 ? "vanishes" : "vanish"} at the cutoff r_c${next ? `, ${next} does not` : ""}.`;
}

/** Files of an ensemble that are looked at for doubts. */
const LOOKED_AT = 20;

/** What models and files are warned of; says where there is nothing. */
export function warningSentences({ campaign }: Pick<MethodsSource, "campaign">): string[] {
  const ofModels = byModel(campaign).flatMap(([model]) =>
    model.warnings.map((warning) => `Of the model ${model.name}: ${warning}.`),
  );
  const ofFiles = campaign.ensembles.flatMap(({ name, model, glasses }) => {
    if (glasses === undefined) return [];
    const numbers = [...glasses.files.keys()].slice(0, LOOKED_AT);
    const doubts = numbers.flatMap((number) => doubtsOfFit(readGlass(glasses, model, number), model));
    return [...grouped(doubts, (doubt) => doubt)].map(([doubt, all]) => {
      return `Of ${all.length} of the ${numbers.length} files of ${name} that were looked at: ${doubt}.`;
    });
  });
  const all = [...new Set([...ofModels, ...ofFiles])].map((words) => words.replace(/\.\.$/, "."));
  return all.length > 0
    ? all
    : ["There were no warnings of the potentials or of how configurations fit them."];
}
