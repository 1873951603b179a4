import type { Registry } from "../registry.ts";
import type { FigureEntry, SampleFigureEntry, TableFigureOptions } from "./entries.ts";
import type { ReportTable } from "./tables.ts";
import { reducedUnits } from "./units.ts";

export function isOfSample(figure: FigureEntry): figure is SampleFigureEntry {
  return "drawSample" in figure;
}

/** The figure of a name. */
export function figureNamed({ figures }: Pick<Registry, "figures">, name: string): FigureEntry {
  return figures.find((figure) => figure.name === name)!;
}

/** A figure from the report's tables. SVG text. @throws SoftfieldError "usage" where they are empty */
export function tableFigure(
  registry: Pick<Registry, "figures">,
  name: string,
  tables: readonly ReportTable[],
  options: Partial<TableFigureOptions> = {},
): string {
  const figure = figureNamed(registry, name);
  if (isOfSample(figure)) throw new Error(`Fig. ${name} is of a sample`);
  return figure.draw(tables, { style: "paper", unit: reducedUnits, ...options });
}
