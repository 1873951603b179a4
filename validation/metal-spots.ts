/**
 * Soft spots of a large metallic glass from the tables of `softfield lte`, without another factor, and where plastic events
 * (of `metal-events.ts`, or of `softfield shear -o`) lie among them:
 *
 *   npx --no-install node --conditions=softfield-source validation/metal-spots.ts GLASS.extxyz LTE.tsv [EVENT.json …]
 *
 * Prints the ten softest spots of |E| of pairs and embeddings (|E| ≥ 1.1, bins by the rule of SI D); of each event the nearest
 * spot, and how soft its particle is: C = 1 − 2 CDF of the field, and the rank of the |E| of its embedding among all atoms.
 */
import { readFileSync } from "node:fs";
import { parseModel, readSnapshot, softnessField, softSpots, toSystem } from "softfield";
import { fieldAt, indicatorCorrelation, periodicDistance, wrapPositions } from "softfield/internal";
import { scriptArguments } from "./script.ts";

const [glassFile, tableFile, ...eventFiles] = scriptArguments(
  "metal-spots.ts GLASS.extxyz LTE.tsv [EVENT.json …]",
  2,
);
// any model of two species: none of its numbers is used
const places = { name: "places", dimension: 3, species: ["Cu", "Zr"], lambda: 1, cutoff: 2 };
const model = parseModel({ ...places, form: "inverse-power-law", exponent: 12 });
const { system } = toSystem(readSnapshot(readFileSync(glassFile), { source: glassFile }), model);
const { box, positions } = system;
const n = system.species.length;

/** E and its places of a table. */
function energiesOf(path: string) {
  const [head, ...rows] = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const names = head.split("\t").map((name) => name.split(" ")[0]);
  const [i, lte, ...place] = ["i", "lte", "x", "y", "z"].map((name) => names.indexOf(name));
  const members = new Int32Array(rows.length);
  const offsets = new Float64Array(3 * rows.length);
  const values = new Float64Array(rows.length);
  rows.forEach((row, k) => {
    const cells = row.split("\t");
    members[k] = Number(cells[i]);
    values[k] = Number(cells[lte]);
    place.forEach((column, a) => {
      offsets[3 * k + a] = Number(cells[column]) - positions[3 * members[k] + a];
    });
  });
  return { sites: { members: [members], offsets }, lte: values };
}

const pairs = energiesOf(tableFile);
const embeddings = energiesOf(tableFile.replace(/\.tsv$/, ".embeddings.tsv"));
const field = softnessField(box, positions, [pairs, embeddings]);
const found = softSpots(field);
process.stdout.write(`${glassFile}: N = ${n}, ${field.counts.join("×")} bins, ${found.spots.length} spots\n`);
for (const [k, { position, score, standardized }] of found.spots.slice(0, 10).entries()) {
  const place = Array.from(position, (x) => x.toFixed(2)).join(" ");
  process.stdout.write(`  ${k + 1}\t${place}\t${score.toPrecision(4)}\t${standardized.toFixed(3)}\n`);
}
const soft = fieldAt(field, wrapPositions(box, positions).cartesian);
const sizes = embeddings.lte.map(Math.abs);
for (const file of eventFiles) {
  const json = JSON.parse(readFileSync(file, "utf8"));
  const { strain, particle, drop } = json.events?.[0] ?? json;
  const at = positions.subarray(3 * particle, 3 * particle + 3);
  const [nearest] = found.spots
    .map(({ position }, k) => ({ rank: k + 1, distance: periodicDistance(box, position, at) }))
    .sort((a, b) => a.distance - b.distance);
  const rank = sizes.filter((size) => size > sizes[particle]).length + 1;
  process.stdout.write(
    `${file}: strain ${strain.toPrecision(5)}, drop ${drop.toPrecision(3)} eV, particle ${particle}: nearest spot ${nearest.rank} of ${found.spots.length} ` +
      `at ${nearest.distance.toFixed(2)} Å, C = ${indicatorCorrelation(soft, particle).toFixed(3)}, |E| of its embedding ${sizes[particle].toPrecision(3)}, rank ${rank} of ${n}\n`,
  );
}
