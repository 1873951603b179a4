import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { StyleName } from "@softfield/figures";
import { svgToPdf, svgToPng, version, writeFileAtomically } from "@softfield/node";
import { delimitedText, SoftfieldError, type Table } from "softfield";
import { parquetBytes } from "softfield/formats";
import type { Campaign } from "../plan/campaign.ts";
import { surveyStore } from "../query/survey.ts";
import type { Registry } from "../registry.ts";
import { Store } from "../store/index.ts";
import { absentTables } from "./absent.ts";
import { captionOf, carrying } from "./caption.ts";
import { collect, type EnsembleData } from "./collect.ts";
import type { FigureEntry } from "./entries.ts";
import { figureNamed, isOfSample } from "./figures.ts";
import type { CanonicalTable } from "./inset.ts";
import { methodsOf, methodsText } from "./methods/methods.ts";
import { reportPage } from "./page.ts";
import { pictureOf, type SampleChoice } from "./sample.ts";
import { statistics } from "./statistics.ts";
import { columnValues, type ReportTable } from "./tables.ts";
import { unitsOf } from "./units.ts";

/** Where a report's results lie, and what campaigns can do. */
export interface ReportSource {
  readonly folder: string;
  readonly registry: Registry;
}

/** What was written. */
export interface ReportSummary {
  readonly folder: string;
  readonly tables: readonly string[];
  readonly figures: readonly string[];
  /** Figures that could not be drawn, and why. */
  readonly missing: Readonly<Record<string, string>>;
  /** Tables without rows, by why. */
  readonly absent: Readonly<Record<string, readonly string[]>>;
}

/**
 * Writes a campaign's statistics and figures: tables as Parquet and CSV, figures as SVG, PNG and PDF, and one page that
 * shows all of it. What has no data yet is left out and named.
 */
export async function writeReport(
  campaign: Campaign,
  source: ReportSource,
  { folder, style = "paper", canonical }: { folder: string; style?: StyleName; canonical?: CanonicalTable },
): Promise<ReportSummary> {
  const data = await collect(campaign, source);
  const tables = statistics(source.registry, data);
  for (const name of ["tables", "figures"]) mkdirSync(join(folder, name), { recursive: true });
  for (const table of tables.filter(({ rows }) => rows.length > 0)) {
    const content = tableOf(table, data);
    await writeFileAtomically(join(folder, "tables", `${table.name}.csv`), delimitedText(content, ","));
    await writeFileAtomically(join(folder, "tables", `${table.name}.parquet`), await parquetBytes(content));
  }
  const figures: DrawnFigure[] = [];
  const drawing = { style, canonical };
  const missing: Record<string, string> = {};
  for (const figure of source.registry.figures) {
    const { name } = figure;
    try {
      const drawn = await draw(campaign, source, { name, tables, ...drawing });
      const { svg } = drawn;
      figures.push(drawn);
      const path = (ending: string) => join(folder, "figures", `fig-${name}.${ending}`);
      await writeFileAtomically(path("svg"), svg);
      await writeFileAtomically(path("png"), svgToPng(svg));
      await writeFileAtomically(path("pdf"), svgToPdf(svg));
    } catch (error) {
      if (!(error instanceof SoftfieldError) || error.code !== "usage") throw error;
      missing[name] = error.message;
    }
  }
  const absent = absentTables(campaign, source.registry, tables);
  for (const [name, words] of Object.entries(missing)) {
    const why = Object.keys(absent).find((reason) => absent[reason].some((table) => words.includes(table)));
    if (why !== undefined) missing[name] = `${words}: ${why}`;
  }
  const survey = surveyStore(Store.open(source.folder, campaign.name), campaign, source.registry);
  const methods = methodsOf({ campaign, registry: source.registry, survey, data, folder: source.folder });
  await writeFileAtomically(join(folder, "methods.txt"), methodsText(methods));
  const page = reportPage({ campaign: campaign.name, version, tables, figures, methods, missing, absent });
  await writeFileAtomically(join(folder, "report.html"), page);
  const written = tables.filter(({ rows }) => rows.length > 0).map(({ name }) => name);
  return { folder, tables: written, figures: figures.map(({ figure }) => figure.name), missing, absent };
}

/** What a figure is drawn from. */
export interface FigureJob extends SampleChoice {
  readonly name: string;
  readonly style: StyleName;
  /** Those of the report, where they are made already. */
  readonly tables?: readonly ReportTable[];
  /** For the inset of Fig. 2. */
  readonly canonical?: CanonicalTable;
}

/** One figure of the paper from a campaign's results, as SVG text. */
export async function drawFigure(campaign: Campaign, source: ReportSource, job: FigureJob): Promise<string> {
  return (await draw(campaign, source, job)).svg;
}

/** A figure, its SVG text, and its caption in the mark-up of labels. */
interface DrawnFigure {
  readonly figure: FigureEntry;
  readonly svg: string;
  readonly caption: string;
}

async function draw(campaign: Campaign, source: ReportSource, job: FigureJob): Promise<DrawnFigure> {
  const { style } = job;
  const figure = figureNamed(source.registry, job.name);
  if (isOfSample(figure)) {
    const from = { folder: source.folder, stages: source.registry.stages };
    const sample = await pictureOf(campaign, from, job, figure.needs);
    const caption = captionOf(figure, { sample });
    return { figure, caption, svg: carrying(figure.drawSample(sample, style), caption) };
  }
  const tables = job.tables ?? statistics(source.registry, await collect(campaign, source));
  const caption = captionOf(figure, { tables });
  const svg = figure.draw(tables, { ...job, unit: unitsOf(campaign) });
  return { figure, caption, svg: carrying(svg, caption) };
}

/** As Parquet and delimited text take it; with the units of the ensembles' models, where any are named. */
export function tableOf(table: ReportTable, ensembles: readonly Pick<EnsembleData, "units">[] = []): Table {
  const units = [...new Set(ensembles.map((ensemble) => ensemble.units ?? "λ, ε, m"))].join(" or ");
  const named = ensembles.some((ensemble) => ensemble.units !== undefined);
  return {
    columns: table.columns.map((name) => ({ name, values: columnValues(table, name) })),
    metadata: { title: table.title, softfield: version, ...(named && { units }) },
  };
}
