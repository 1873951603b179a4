// Draws the figures of a folder anew from the tables of a report that lie beside them, so that figures in docs/ follow the code without
// their campaigns being run again: fig-NAME.svg for every figure of that name that is there and whose tables are.
//   npx --no-install node --conditions=softfield-source validation/redraw.ts docs/reproduction docs/couplings docs/couplings/vibrations
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { captionOf, carrying } from "../packages/campaign/src/report/caption.ts";
import { isOfSample, tableFigure } from "../packages/campaign/src/report/figures.ts";
import { readCanonicalTable } from "../packages/campaign/src/report/inset.ts";
import { statistics } from "../packages/campaign/src/report/statistics.ts";
import type { ReportTable } from "../packages/campaign/src/report/tables.ts";
import { registry } from "../packages/cli/src/shell/registry.ts";

/** The tables of a report by their names and columns, those of which there is a file with its rows. */
function tablesIn(folder: string): ReportTable[] {
  return statistics(registry, []).map((table) => {
    const file = join(folder, `${table.name}.csv`);
    if (!existsSync(file)) return table;
    const [head, ...lines] = readFileSync(file, "utf8").trim().split("\n");
    const rows = lines.map((line) =>
      line.split(",").map((cell) => (cell === "" || Number.isNaN(Number(cell)) ? cell : Number(cell))),
    );
    return { ...table, columns: head.split(","), rows };
  });
}

for (const folder of process.argv.slice(2)) {
  const tables = tablesIn(folder);
  const md = join(folder, "md.parquet");
  const canonical = existsSync(md) ? { canonical: await readCanonicalTable(md) } : {};
  for (const figure of registry.figures) {
    const file = join(folder, `fig-${figure.name}.svg`);
    if (isOfSample(figure) || !existsSync(file)) continue;
    try {
      writeFileSync(
        file,
        carrying(tableFigure(registry, figure.name, tables, canonical), captionOf(figure, { tables })),
      );
      process.stdout.write(`${file}\n`);
    } catch (error) {
      process.stdout.write(`${file}: left as it is: ${(error as Error).message}\n`);
    }
  }
}
