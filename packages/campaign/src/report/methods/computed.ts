import type { Ensemble } from "../../plan/campaign.ts";
import { listed } from "./models.ts";
import type { MethodsSource } from "./source.ts";

/** What each section of "compute" asks for, with its numbers; ensembles that ask for the same share a sentence. */
export function computedSentences({
  campaign,
  registry,
}: Pick<MethodsSource, "campaign" | "registry">): string[] {
  return registry.sections.flatMap((section) => {
    const asked = campaign.ensembles.filter(({ compute }) => compute[section.name] !== undefined);
    const byOptions = new Map<string, Ensemble[]>();
    for (const ensemble of asked) {
      const words = optionWords(ensemble.compute[section.name]);
      byOptions.set(words, [...(byOptions.get(words) ?? []), ensemble]);
    }
    return [...byOptions].map(([words, own]) => {
      const whose =
        own.length === campaign.ensembles.length ? "" : `, of ${listed(own.map(({ name }) => name))}`;
      const what = (section.schema.description ?? section.name).replace(/\.$/, "");
      return `${what}${whose}${words === "" ? "" : ` (${words})`}.`;
    });
  });
}

/** "events 5, maxStrain 0.2" */
function optionWords(options: unknown): string {
  const text = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));
  return Object.entries((options ?? {}) as Readonly<Record<string, unknown>>)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${text(value)}`)
    .join(", ");
}
