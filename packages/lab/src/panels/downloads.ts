import { familiesOf } from "softfield/internal";
import type { Reading } from "../engine/read.ts";
import {
  bondMapSvg,
  configurationText,
  displacementMapSvg,
  displacementText,
  eventsText,
  fieldSvg,
  lammpsText,
  spotsText,
  stressStrainSvg,
  stressStrainText,
  termsText,
} from "../files/downloads.ts";
import { poster } from "../scene/poster.ts";
import { stage } from "../scene/stage.ts";
import { type FieldMap, mapsOf } from "../state/fieldmap.ts";
import { wordsOf } from "../state/indicators.ts";
import { knownOf } from "../state/known.ts";
import { isPreset } from "../state/ownmodels.ts";
import { readingOf, yieldingOf } from "../state/reading.ts";
import { chosenEvent, current, type GlassState, passed, unsheared } from "../state/shear.ts";
import { judged } from "../state/verdict.ts";
import { view } from "../state/view.ts";
import { number } from "../words.ts";

/** A file to take away; without content it cannot be had yet. */
export interface Item {
  readonly title: string;
  readonly file: string;
  readonly content?: () => string | undefined | Promise<string | Blob | undefined>;
}

export interface Shelf {
  readonly title: string;
  readonly id: string;
  readonly items: readonly Item[];
}

/** All files, each from the one state that its heading and its name tell. */
export function shelves(): readonly Shelf[] {
  const [from, now] = [unsheared.value, current.value];
  if (!from || !now) return [];
  const whole = passed.value.length > 0;
  return [
    { title: whole ? "The unsheared glass" : "Download", id: "glass-files", items: filesOf(from) },
    ...(now.system !== from.system
      ? [{ title: `The state in view, γ = ${number(now.strain)}`, id: "state-files", items: filesOf(now) }]
      : []),
    ...(whole ? [{ title: "The shear", id: "shear-files", items: filesOfShear(from) }] : []),
    {
      title: "The picture",
      id: "picture-files",
      items: (["png", "pdf", "svg"] as const).map((kind) => ({
        title: kind === "png" ? "The picture in view" : `The same as ${kind.toUpperCase()}`,
        file: `${baseName(now)}.${kind}`,
        content: () => stage.value && poster(stage.value, kind),
      })),
    },
  ];
}

/** Configuration, energies, spots and figures of one state; what is not known of it is found out first. */
function filesOf(state: GlassState): readonly Item[] {
  const name = baseName(state);
  const { reading, values = {} } = knownOf(state.system);
  const from = (make: (now: Reading) => string | undefined) => async () => {
    const now = await readingOf(state.glass, state.system, "Reading the state");
    return now && make(now);
  };
  const mapped = (make: (map: FieldMap, now: Reading) => string) =>
    from((now) => {
      const { lte } = mapsOf({ reading: now }, view.value.kept);
      return lte && make(lte, now);
    });
  const isGlass = state.system === state.glass.system;
  const happened = isGlass ? judged.value : [];
  return [
    ...(isGlass && !isPreset(state.glass.modelName)
      ? [
          {
            title: "Model file",
            file: state.glass.modelName.replace(/(\.json)?$/i, ".json"),
            content: () => `${JSON.stringify(state.glass.model.definition, null, 2)}\n`,
          },
        ]
      : []),
    { title: "Configuration, extended XYZ", file: `${name}.extxyz`, content: () => configurationText(state) },
    { title: "Configuration, LAMMPS data", file: `${name}.data`, content: () => lammpsText(state) },
    {
      title: "Local thermal energies",
      file: `${name}.lte.tsv`,
      content: from((now) => termsText(now.energies[0], now, state)),
    },
    ...familiesOf(state.glass.model)
      .slice(1)
      .map((kind, f) => ({
        title: `Those of ${kind.name}`,
        file: `${name}.lte.${kind.name}.tsv`,
        content: from((now) => termsText(now.energies[f + 1], now, state)),
      })),
    {
      title: "Soft spots",
      file: `${name}.spots.tsv`,
      content: async () => {
        const now = await readingOf(state.glass, state.system, "Reading the state");
        return spotsOf(now && mapsOf({ reading: now }, view.value.kept).lte, state);
      },
    },
    ...(reading ? Object.keys(values) : []).map((indicator) => ({
      title: wordsOf(indicator).spots,
      file: `${name}.${indicator}-spots.tsv`,
      content: () =>
        spotsOf(mapsOf({ ...(reading && { reading }), values }, view.value.kept)[indicator], state),
    })),
    { title: "Bonds, figure", file: `${name}.lte.svg`, content: from(bondMapSvg) },
    { title: "Arrows, figure", file: `${name}.displacement.svg`, content: from(displacementMapSvg) },
    {
      title: "Field, figure",
      file: `${name}.field.svg`,
      content: mapped(({ field, spots }, { system }) => fieldSvg(field, { spots, events: happened, system })),
    },
  ];
}

/** The table of the spots of a map; when they yield is found out for it. */
async function spotsOf(map: FieldMap | undefined, state: GlassState): Promise<string | undefined> {
  const yielding = map && (await yieldingOf(state, { field: map.field, spots: map.spots }));
  return map && yielding && spotsText(map.spots, yielding, state);
}

function filesOfShear(from: GlassState): readonly Item[] {
  const name = baseName(from);
  const list = judged.value;
  const chosen = list.find(({ ordinal }) => ordinal === chosenEvent.value) ?? list.at(-1);
  const moves = chosen?.displacements;
  return [
    {
      title: "Plastic events",
      file: `${name}.events.json`,
      ...(list.length > 0 && { content: () => eventsText(list) }),
    },
    ...(chosen && moves
      ? [
          {
            title: `Displacements at event ${chosen.ordinal}`,
            file: `${name}.event${chosen.ordinal}.tsv`,
            content: () => displacementText(moves, from.system.box.dimension),
          },
        ]
      : []),
    {
      title: "Stress–strain curve",
      file: `${name}.stress-strain.tsv`,
      content: () => stressStrainText(passed.value),
    },
    {
      title: "Stress–strain curve, figure",
      file: `${name}.stress-strain.svg`,
      ...(passed.value.length > 1 && { content: () => stressStrainSvg(passed.value, list) }),
    },
  ];
}

/** model_nN_sSEED, or the name of the file opened without its endings; with the strain of a state that is sheared. */
export function baseName({ glass: { origin, system: own }, system, strain }: GlassState): string {
  const name =
    origin.kind === "file"
      ? origin.name.replace(/(\.gz)?$/, "").replace(/\.[^.]*$/, "") || "glass"
      : `${origin.recipe.model.replace(/\.json$/i, "")}_n${own.species.length}_s${origin.recipe.seed}`;
  return system === own ? name : `${name}_strain${Number(strain.toPrecision(6))}`;
}
