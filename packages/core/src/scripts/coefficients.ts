import type { Command } from "./commands.ts";
import type { CoefficientLine, DataFile } from "./datafile.ts";
import { pairCoeff, withoutSuffix } from "./potentialcommands.ts";
import type { Settings } from "./settings.ts";

/**
 * The sections "Pair Coeffs" (a type a line, like pairs) and "PairIJ Coeffs" of a data file, as pair_coeff lines. The style
 * behind the # must be the script's; without a pair_style before it, LAMMPS has none for them either, and they are left.
 */
export function dataCoefficients(settings: Settings, command: Command, file: DataFile): void {
  for (const { both, style, lines } of file.coefficients) {
    if (settings.styles.length === 0) continue;
    const names = settings.hybrid === undefined ? [settings.styles[0].name] : [settings.hybrid];
    if (
      style !== undefined &&
      settings.hybrid === undefined &&
      !names.map(withoutSuffix).includes(withoutSuffix(style))
    ) {
      settings.note(
        { ...command, file: file.name, line: lines[0]?.line ?? 1 },
        `coefficients of ${style} are read as those of ${names[0]}`,
      );
    }
    for (const line of lines)
      pairCoeff(settings, placeIn(file, line), both ? line.words : [line.words[0], ...line.words]);
  }
}

function placeIn(file: DataFile, { words, line }: CoefficientLine): Command {
  return { file: file.name, line, text: words.join(" ") };
}
