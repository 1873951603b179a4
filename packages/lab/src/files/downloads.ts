import { bondMap, chart, displacementMap, heatMap } from "@softfield/figures";
import {
  delimitedText,
  extxyzText,
  type Frame,
  frameOfSystem,
  type PairModel,
  type SoftnessField,
  type SoftSpots,
  type System,
  type Table,
  type TermEnergies,
} from "softfield";
import { lammpsDataText } from "softfield/formats";
import { intoBoxAt, spotsTable, termColumns, unitNamed } from "softfield/internal";
import type { Reading } from "../engine/read.ts";
import type { Yielding } from "../engine/yielding.ts";
import { cornerOf } from "../state/corner.ts";
import { cast } from "../state/glass.ts";
import type { GlassState, Passed } from "../state/shear.ts";
import { inUnits } from "../state/units.ts";
import type { JudgedEvent } from "../state/verdict.ts";

/**
 * The configuration of a state as extended XYZ, its model and strain in the header; of an unsheared glass made here,
 * byte for byte what `softfield make` writes.
 */
export function configurationText(state: GlassState): string {
  const { origin, system } = state.glass;
  if (origin.kind === "made" && state.system === system) return origin.text;
  return [...extxyzText(frameOf(state))].join("");
}

export function lammpsText(state: GlassState): string {
  return [...lammpsDataText(frameOf(state))].join("");
}

function frameOf(state: GlassState): Frame {
  const { system, strain } = state;
  const { model, origin } = state.glass;
  const ids = origin.kind === "file" && origin.ids ? { ids: origin.ids } : {};
  const info = new Map<string, string | number>([["model", model.name]]);
  if (strain !== 0) info.set("strain", strain);
  const corner = cornerOf(state);
  const moved = corner.some((x) => x !== 0) && { origin: corner };
  return frameOfSystem(system, model, { ...ids, ...moved, info });
}

/** One row a term of a family, as `softfield lte -o lte.tsv` writes the bonds, and the others beside. */
export function termsText(energies: TermEnergies, { system }: Reading, state: GlassState): string {
  return text({ columns: termColumns(energies, system, cornerOf(state)) }, state.glass.model);
}

/** Spots as `softfield spots -o spots.tsv` writes them, in the box of the glass's file, with when they yield. */
export function spotsText(
  { spots: found }: SoftSpots,
  { softening, load }: Yielding,
  state: GlassState,
): string {
  const { box } = state.system;
  const corner = cornerOf(state);
  const spots = found.map((spot, k) => ({
    ...spot,
    position: intoBoxAt(box, corner, spot.position),
    softening: softening?.[k],
  }));
  return text(spotsTable(spots, box.dimension, load), state.glass.model);
}

/** Events as JSON, with what the maps of the unsheared glass say of each. */
export function eventsText(events: readonly JudgedEvent[]): string {
  const rows = events.map(({ displacements: _, ...event }) => event);
  return `${JSON.stringify({ events: rows }, null, 2)}\n`;
}

/** One row a particle: its displacement at an event, λ, affine part excluded. */
export function displacementText(displacements: Float64Array, d: 2 | 3): string {
  return text({
    columns: [
      { name: "particle", values: Int32Array.from({ length: displacements.length / d }, (_, p) => p) },
      ...["x", "y", "z"].slice(0, d).map((axis, a) => ({
        name: `displacement_${axis}`,
        values: displacements.filter((_, k) => k % d === a),
      })),
    ],
  });
}

export function stressStrainText(path: readonly Passed[]): string {
  const column = (name: "strain" | "stress" | "energy") => ({
    name,
    values: Float64Array.from(path, (point) => point[name]),
  });
  return text({ columns: [column("strain"), column("stress"), column("energy")] });
}

/** Fig. 1 of the paper for this glass. */
export function bondMapSvg({ system, pairs, energies }: Reading): string {
  const { box, positions, species } = system;
  return bondMap({
    box,
    positions,
    species,
    i: pairs.i,
    du: pairs.du,
    values: energies[0].lte,
    lengthUnit: inUnits("λ"),
  });
}

export function displacementMapSvg({ system, displacement }: Reading): string {
  return displacementMap({
    box: system.box,
    positions: system.positions,
    displacements: displacement,
    lengthUnit: inUnits("λ"),
    unit: inUnits("λ/ε"),
  });
}

/** The field with its spots ranked and the events numbered, at their particles in the unsheared glass (Fig. 3 right). */
export function fieldSvg(
  { box, counts, values }: SoftnessField,
  { spots, events, system }: { spots: SoftSpots; events: readonly JudgedEvent[]; system: System },
): string {
  const d = box.dimension;
  return heatMap({
    lengthUnit: inUnits("λ"),
    box,
    counts,
    values,
    spots: spots.spots.map(({ rank, position }) => ({ number: rank, position })),
    events: events.map(({ ordinal, particle }) => ({
      number: ordinal,
      position: system.positions.subarray(particle * d, (particle + 1) * d),
    })),
  });
}

/** The stress–strain curve with its events. */
export function stressStrainSvg(path: readonly Passed[], events: readonly JudgedEvent[]): string {
  return chart({
    x: { label: "strain *γ*" },
    y: { label: "stress *σ*", unit: inUnits(`ε/λ^{${cast.value?.model.dimension ?? "d"}}`) },
    series: [
      { x: path.map(({ strain }) => strain), y: path.map(({ stress }) => stress) },
      {
        x: events.map(({ strain }) => strain),
        y: events.map(({ stressBefore }) => stressBefore),
        line: "none",
        markers: "disc",
      },
    ],
    numbers: events.map(({ strain, ordinal }) => ({ at: strain, label: String(ordinal) })),
    key: "none",
  });
}

/** Where the model names its units, so do the heads of the columns, as the command line writes them. */
function text(table: Table, model?: PairModel): string {
  const units = model?.units;
  if (!model || units === undefined) return [...delimitedText(table, "\t")].join("");
  const columns = table.columns.map((column) =>
    column.unit === undefined ? column : { ...column, unit: unitNamed(column.unit, model) },
  );
  return [...delimitedText({ columns, metadata: { units } }, "\t")].join("");
}
