import { preset } from "softfield";
import { expect, test } from "vitest";
import { modelSentences } from "./models.ts";

test.each([
  ["sw-silicon", "φ and all its derivatives vanish at the cutoff r_c."],
  ["2dipl", "φ, φ′, φ″ and φ‴ vanish at the cutoff r_c."],
  ["poly2d", "φ, φ′ and φ″ vanish at the cutoff r_c, φ‴ does not."],
] as const)("%s: how smooth it ends", (name, sentence) => {
  const model = preset(name);
  const ensemble = { name: "a", model, particles: 100, compute: {}, keep: { bonds: "all" } } as const;
  expect(modelSentences({ ensembles: [ensemble] }).join(" ")).toContain(sentence);
});
