import { countFramesOfFile, parseFrameChoice, readSnapshotFile } from "@softfield/node";
import type { Command } from "commander";
import type { SnapshotSummary } from "softfield";
import { formats } from "softfield/formats";
import { describeSnapshot, rounded } from "softfield/internal";
import { type FileCliOptions, fileHints, fileOptions } from "../shell/load.ts";

/** `softfield info FILE`: says what a configuration file holds. */
export function registerInfo(program: Command): void {
  const command = program
    .command("info")
    .summary("say what a configuration file holds")
    .description(
      "Reads a configuration (extended XYZ, LAMMPS data and dump, GSD, POSCAR, AtomEye CFG, DL_POLY CONFIG, HOOMD XML, " +
        "NumPy .npz; also .gz .bz2 .xz .zst) and says what it holds: frames, particles, " +
        "species, box, density, digits of precision, columns.",
    )
    .argument("<file>", "the configuration");
  fileOptions(command)
    .option("--json", "print one JSON object")
    .action(async (file: string, options: FileCliOptions & { readonly json?: boolean }) => {
      const hints = fileHints(options);
      const choice = parseFrameChoice(options.frame ?? "0");
      const frames = await countFramesOfFile(file, hints);
      const frame = choice === "last" ? frames - 1 : choice;
      const summary = describeSnapshot(await readSnapshotFile(file, frame, hints));
      const text = options.json ? JSON.stringify({ ...summary, frames }, null, 2) : inWords(summary, frames);
      process.stdout.write(`${text}\n`);
    });
}

/** The summary as aligned lines. */
export function inWords(s: SnapshotSummary, frames: number): string {
  const axes = ["x", "y", "z"].slice(0, s.dimension);
  const tilted = s.tilt.some((tilt) => tilt !== 0);
  const tiltNames = ["xy", "xz", "yz"];
  const lines: [string, string][] = [
    ["file", s.source],
    ["format", formats.labelOf(s.format)],
    [
      "frame",
      `${s.frame}, of ${frames} in the file${s.timestep === undefined ? "" : `, timestep ${s.timestep}`}`,
    ],
    ["particles", `${s.particles} in ${s.dimension}D${s.planar ? ": all have the same z" : ""}`],
    ["species", shares(s.species, s.particles)],
    ["types", shares(s.types, s.particles)],
    ["box", s.lengths.map((edge) => rounded(edge, 8)).join(" × ")],
    ["tilt", tilted ? s.tilt.map((tilt, k) => `${tiltNames[k]} = ${rounded(tilt, 8)}`).join(", ") : "none"],
    ["periodic", axes.filter((_, k) => s.periodic[k]).join(" ") || "nowhere"],
    ["density", String(rounded(s.density, 8))],
    ["precision", precision(s.digits)],
    [
      "ids",
      s.ids ? `${s.ids.first} to ${s.ids.last}${s.ids.shuffled ? ", shuffled in the file" : ""}` : "none",
    ],
    [
      "columns",
      Object.entries(s.columns)
        .map(([name, width]) => (width === 1 ? name : `${name} (${width})`))
        .join(", "),
    ],
    [
      "info",
      Object.entries(s.info)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(" "),
    ],
  ];
  if (s.rotated) lines.push(["note", "the lattice was rotated into lower-triangular form"]);
  return lines
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name.padEnd(10)} ${text}`)
    .join("\n");
}

function precision(digits: number): string {
  if (digits === 0) return "all coordinates are zero";
  return `${digits} significant digits${digits < 15 ? " at most (the positions are rounded, unless they are round numbers)" : ""}`;
}

function shares(counts: Readonly<Record<string, number>>, total: number): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count} (${((100 * count) / total).toFixed(1)} %)`)
    .join(", ");
}
