import { formatReal } from "./delimited.ts";
import { areChemicalSymbols } from "./elements.ts";
import { type Frame, linePieces, spatialFrame } from "./frame.ts";
import type { InfoValue } from "./types.ts";

/**
 * A frame as extended XYZ text, in pieces; every number reads back as the same double. Opens in OVITO and ASE:
 * three dimensions always, a 2D frame in z = 0 with pbc "T T F".
 *
 * Columns: id (where given), species or element, type (where given), pos, then `columns` as reals. ASE refuses a column
 * `species` of anything but chemical symbols; other names, such as a model's A and B, go into one called `element`.
 */
export function extxyzText(frame: Frame): Generator<string> {
  const { count, vectors, origin, periodic, positions, columns } = spatialFrame(frame, 0);
  const { species, types, ids } = frame;
  const properties = [
    ...(ids ? ["id:I:1"] : []),
    ...(species ? [areChemicalSymbols(species.names) ? "species:S:1" : "element:S:1"] : []),
    ...(types ? ["type:I:1"] : []),
    "pos:R:3",
    ...columns.map(({ name, width }) => `${propertyName(name)}:R:${width}`),
  ];
  const comment = [
    `Lattice="${[...vectors].map(formatReal).join(" ")}"`,
    `Properties=${properties.join(":")}`,
    `pbc="${periodic.map((flag) => (flag ? "T" : "F")).join(" ")}"`,
    ...(origin.some((x) => x !== 0) ? [`Origin="${[...origin].map(formatReal).join(" ")}"`] : []),
    ...[...(frame.info ?? [])].map(([key, value]) => `${quotedIfNeeded(key)}=${infoText(value)}`),
  ].join(" ");
  return linePieces(count, `${count}\n${comment}\n`, (a) => {
    let row = "";
    if (ids) row += `${ids[a]} `;
    if (species) row += `${species.names[species.index[a]]} `;
    if (types) row += `${types[a]} `;
    row += `${formatReal(positions[3 * a])} ${formatReal(positions[3 * a + 1])} ${formatReal(positions[3 * a + 2])}`;
    for (const { width, values } of columns) {
      for (let k = 0; k < width; k++) row += ` ${formatReal(values[a * width + k])}`;
    }
    return `${row}\n`;
  });
}

/** Colons and blanks would end the name in Properties. */
function propertyName(name: string): string {
  return name.replace(/[:\s="]+/g, "_");
}

function quotedIfNeeded(text: string): string {
  return /^[^\s"'=,[\]{}\\]+$/.test(text)
    ? text
    : `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

function infoText(value: InfoValue): string {
  if (!Array.isArray(value)) return scalarText(value as string | number | boolean);
  const items = value.map((item) =>
    Array.isArray(item) ? `[${item.map(scalarText).join(", ")}]` : scalarText(item),
  );
  return `[${items.join(", ")}]`;
}

function scalarText(value: string | number | boolean): string {
  if (typeof value === "number") return formatReal(value);
  return typeof value === "boolean" ? (value ? "T" : "F") : quotedIfNeeded(value);
}
