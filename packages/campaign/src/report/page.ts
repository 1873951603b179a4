import { htmlText } from "@softfield/figures";
import { rounded } from "softfield/internal";
import type { FigureEntry } from "./entries.ts";
import type { MethodsPart } from "./methods/source.ts";
import type { ReportTable } from "./tables.ts";

/** Longer tables are folded up; those of more than `MOST_ROWS` are named, and stand in the files beside the page. */
const FOLDED_ROWS = 60;
const MOST_ROWS = 1000;

/** What a report's page shows. */
export interface PageContent {
  readonly campaign: string;
  readonly version: string;
  readonly tables: readonly ReportTable[];
  /** With their SVG documents, and captions in the mark-up of labels. */
  readonly figures: readonly {
    readonly figure: FigureEntry;
    readonly svg: string;
    readonly caption: string;
  }[];
  readonly methods: readonly MethodsPart[];
  /** Why figures are left out, by name. */
  readonly missing: Readonly<Record<string, string>>;
  /** Names of tables that are left out, by why. */
  readonly absent: Readonly<Record<string, readonly string[]>>;
}

/** The report as one HTML page that needs nothing beside it: what there is, the pictures, then the numbers. */
export function reportPage(content: PageContent): string {
  const { campaign, version, tables, figures } = content;
  const [first, ...rest] = tables.filter(({ rows }) => rows.length > 0);
  const leading = [...(first ? [first] : []), ...rest.filter((table) => table.leading)];
  const others = rest.filter((table) => !table.leading);
  const pictures = figures.map(({ figure, svg, caption }, k) => {
    const width = Number(/ width="([\d.]+)pt"/.exec(svg)?.[1]);
    const sized = ` style="width: ${ENLARGED * width}pt"`;
    const picture = svg.slice(svg.indexOf("<svg")).replace(/^<svg /, `<svg${sized} `);
    const words = `<b>Figure ${k + 1}</b> (${escaped(figure.name)}). ${htmlText(caption)}`;
    return `<figure>${picture}<figcaption>${words}</figcaption></figure>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(campaign)}: softfield report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(campaign)}</h1>
<p>Made by softfield ${escaped(version)}. Intervals cover 95 %, by bootstrap over whole samples. The methods stand below the figures, and as text in methods.txt.</p>
${[...leading.map(tableMarkup), ...pictures, methodsMarkup(content), ...others.map(tableMarkup)].join("\n")}
${leftOutMarkup(content)}</body>
</html>
`;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: 0.5rem 0 2rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 0.8rem; text-align: right; border-bottom: 1px solid #ddd; }
th:first-child, td:first-child { text-align: left; }
td { white-space: nowrap; }
.wide { overflow-x: auto; }
figure { margin: 2rem 0; } figure > svg { display: block; max-width: 100%; height: auto; }
#methods { max-width: 45rem; } h3 { margin-bottom: 0; }
figcaption { color: #555; }`;

/** Pictures are shown this much larger than they are printed, all alike. */
const ENLARGED = 1.5;

function methodsMarkup({ methods }: PageContent): string {
  const parts = methods.map(
    ({ heading, paragraphs }) =>
      `<h3>${escaped(heading)}</h3>\n${paragraphs.map((words) => `<p>${escaped(words)}</p>`).join("\n")}`,
  );
  return `<section id="methods"><h2>Methods</h2>\n${parts.join("\n")}\n</section>`;
}

/** What the page lacks, and why; nothing where it lacks nothing. */
function leftOutMarkup({ missing, absent }: PageContent): string {
  const figures = Object.entries(missing).map(([name, why]) => `Fig. ${name}: ${why}`);
  const tables = Object.entries(absent).map(([why, names]) => `${names.join(", ")}: ${why}`);
  if (figures.length + tables.length === 0) return "";
  const items = [...figures, ...tables].map((words) => `<li>${escaped(words)}</li>`);
  return `<h2>Left out</h2>\n<ul>\n${items.join("\n")}\n</ul>\n`;
}

function tableMarkup({ name, title, columns, rows }: ReportTable): string {
  if (rows.length > MOST_ROWS)
    return `<h2>${escaped(title)}</h2>\n<p>${rows.length} rows: tables/${escaped(name)}.csv</p>`;
  const head = columns.map((name) => `<th>${escaped(name)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td>${escaped(shown(cell))}</td>`).join("")}</tr>`,
  );
  const table = `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
  const shownAs =
    rows.length > FOLDED_ROWS
      ? `<details><summary>${rows.length} rows, also in tables/${escaped(name)}.csv</summary>\n${table}</details>`
      : table;
  return `<h2>${escaped(title)}</h2>\n${shownAs}`;
}

function shown(cell: string | number): string {
  if (typeof cell === "string") return cell;
  if (Number.isInteger(cell)) return String(cell);
  if (cell === Infinity) return "any";
  return Number.isNaN(cell) ? "–" : String(rounded(cell, 4)).replace("-", "−");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
