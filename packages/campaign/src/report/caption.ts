import { plainText, withCaption } from "@softfield/figures";
import { version } from "@softfield/node";
import type { FigureEntry } from "./entries.ts";
import { rowsOf } from "./figures/rows.ts";
import { isOfSample } from "./figures.ts";
import type { SamplePicture } from "./sample.ts";
import type { ReportTable } from "./tables.ts";

/** The caption of a figure with the samples that it is made of, in the mark-up of labels. */
export function captionOf(
  figure: FigureEntry,
  from: { readonly tables: readonly ReportTable[] } | { readonly sample: SamplePicture },
): string {
  if ("sample" in from) {
    const { ensemble, seed, system } = from.sample;
    const which = ensemble.glasses
      ? `${ensemble.glasses.files.get(seed)?.path.split("/").at(-1)}`
      : `seed ${seed}`;
    return `${figure.caption} One sample: ${which} of ${ensemble.name} (${ensemble.model.name}, *N* = ${system.species.length}).`;
  }
  const counted = isOfSample(figure) ? "glasses" : (figure.of ?? "glasses");
  const of = rowsOf(from.tables, "ensembles")
    .filter((row) => Number(row[counted]) > 0)
    .map((row) => `${row[counted]} of ${row.ensemble} (${row.model}, *N* = ${row.particles})`);
  return `${figure.caption} Samples: ${of.join(", ")}.`;
}

/** A figure that carries its caption, for readers who do not see it and programs that catalogue figures. */
export function carrying(svg: string, caption: string): string {
  const [title] = caption.split(/(?<=\.) /);
  return withCaption(svg, {
    title: plainText(title),
    description: `${plainText(caption)} Made by softfield ${version}.`,
  });
}
