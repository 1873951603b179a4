/**
 * How the local thermal energies of metallic glasses are distributed, from the tables of `softfield lte`:
 *
 *   softfield lte GLASS.extxyz --model cuzr -o GLASS.tsv
 *   npx --no-install node --conditions=softfield-source validation/metal-energies.ts GLASS.tsv …
 *
 * Prints, of pairs and of embeddings (GLASS.embeddings.tsv), how many there are, quantiles of |E|, how many exceed 1, the
 * sum, and the five softest atoms by their embedding.
 */
import { readFileSync } from "node:fs";
import { scriptArguments } from "./script.ts";

const QUANTILES = [0.5, 0.9, 0.99, 0.999, 1];

for (const file of scriptArguments("metal-energies.ts GLASS.tsv …", 1)) {
  for (const path of [file, file.replace(/\.tsv$/, ".embeddings.tsv")]) {
    const [head, ...rows] = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .map((line) => line.split("\t"));
    const column = head.indexOf("lte");
    const lte = rows.map((row) => Number(row[column]));
    const sizes = lte.map(Math.abs).sort((a, b) => a - b);
    const quantiles = QUANTILES.map((q) => sizes[Math.round(q * (sizes.length - 1))].toPrecision(3));
    const sum = lte.reduce((total, e) => total + e, 0);
    process.stdout.write(
      `${path}: ${lte.length}, |E| at ${QUANTILES.join(", ")}: ${quantiles.join(", ")}; ` +
        `${sizes.filter((e) => e > 1).length} above 1; sum ${sum.toFixed(3)}\n`,
    );
    if (head[0] !== "i" || head[1] === "j") continue;
    const order = lte.map((_, k) => k).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
    const soft = order.slice(0, 5).map((k) => `${rows[k][0]} (${lte[k].toPrecision(3)})`);
    process.stdout.write(`  softest atoms: ${soft.join(", ")}\n`);
  }
}
