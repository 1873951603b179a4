import { version } from "@softfield/node";
import { computedSentences } from "./computed.ts";
import { countSentences, failureSentences } from "./counts.ts";
import { modelSentences, warningSentences } from "./models.ts";
import { preparationSentences } from "./preparation.ts";
import type { MethodsPart, MethodsSource } from "./source.ts";

/** How a campaign's results came about, in sentences that can stand in a paper: nothing of it depends on when the report is made. */
export function methodsOf(source: MethodsSource): MethodsPart[] {
  const parts = [
    { heading: "Potentials", paragraphs: modelSentences(source.campaign) },
    { heading: "Configurations", paragraphs: preparationSentences(source) },
    { heading: "What was computed", paragraphs: computedSentences(source) },
    { heading: "Counts", paragraphs: [...countSentences(source), ...failureSentences(source)] },
    { heading: "Warnings", paragraphs: warningSentences(source) },
    { heading: "Statistics", paragraphs: [STATISTICS] },
    { heading: "Versions and citation", paragraphs: [versionSentence(source), CITATION] },
  ];
  return parts.filter(({ paragraphs }) => paragraphs.length > 0);
}

/** The methods as plain text. */
export function methodsText(parts: readonly MethodsPart[]): string {
  return parts.map(({ heading, paragraphs }) => `${heading}\n\n${paragraphs.join("\n\n")}\n`).join("\n");
}

const STATISTICS =
  "Error bars and bands are 95 % intervals by bootstrap over whole samples, so that what is correlated within a sample does not narrow " +
  "them; where a caption says otherwise, that holds.";

const CITATION =
  "Local thermal energies are those of J. Zylberg, E. Lerner, Y. Bar-Sinai and E. Bouchbinder, Local thermal energy as a structural " +
  "indicator in glasses, Proc. Natl. Acad. Sci. U.S.A. 114, 7289 (2017), doi:10.1073/pnas.1704403114. The software is to be cited as: The " +
  "softfield developers, softfield, version as above (its CITATION.cff has both references).";

/** Which versions made the results, and which the report. */
function versionSentence({ survey }: MethodsSource): string {
  const made = survey.flatMap(({ done }) => done.map(({ made: by }) => by));
  const distinct = (of: (by: (typeof made)[number]) => string) => [...new Set(made.map(of))].sort();
  const report = `The report was made by softfield ${version} under Node ${process.version}.`;
  if (made.length === 0) return report;
  const [ours, nodes] = [distinct(({ softfield }) => softfield), distinct(({ node }) => node)];
  return `All results were computed by softfield ${ours.join(", ")} under Node ${nodes.join(", ")}. ${report}`;
}
