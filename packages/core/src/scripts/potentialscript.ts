/** The endings of potential files, as LAMMPS's are called, and the pair styles that read them. */
const STYLES: Readonly<Record<string, string>> = {
  alloy: "eam/alloy",
  fs: "eam/fs",
  eam: "eam",
  sw: "sw",
  tersoff: "tersoff",
  vashishta: "vashishta",
};

/**
 * The input script that a potential file alone stands for, all its elements as types in their order: eam, eam/alloy,
 * eam/fs, sw, tersoff and vashishta by the ending of its name (packed or not), in units metal unless its first line says
 * others. Undefined for other files.
 *
 * @param name of the file, which the script names. @param text its contents, unpacked
 */
export function potentialScript(name: string, text: string): string | undefined {
  const ending = /\.([a-z]+)(?:\.(?:gz|bz2|xz|zst))?$/i.exec(name)?.[1].toLowerCase();
  const style = ending === undefined ? undefined : STYLES[ending];
  if (style === undefined) return undefined;
  const units = /UNITS:\s*(metal|real)/.exec(text.slice(0, text.indexOf("\n")))?.[1] ?? "metal";
  const elements = style === "eam" ? ["-"] : elementsOf(style, text);
  if (elements.length === 0) return undefined;
  const file = `"${name}"`;
  return [
    `units ${units}`,
    "atom_style atomic",
    `create_box ${elements.length} box`,
    `pair_style ${style}`,
    style === "eam" ? `pair_coeff * * ${file}` : `pair_coeff * * ${file} ${elements.join(" ")}`,
  ].join("\n");
}

/** Of a setfl file those of its fourth line, of entries of three elements the first ones. */
function elementsOf(style: string, text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (style.startsWith("eam")) {
    const [count, ...names] = (lines[3] ?? "").trim().split(/\s+/);
    return names.slice(0, Number(count));
  }
  const entries = lines.flatMap(
    (line) => /^\s*([A-Z][A-Za-z]*)\s+[A-Z][A-Za-z]*\s+[A-Z]/.exec(line)?.[1] ?? [],
  );
  return [...new Set(entries)];
}
