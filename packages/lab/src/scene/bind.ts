import { computed, effect, signal } from "@preact/signals";
import type { Box } from "softfield/internal";
import { inverseVectors, pairLength } from "softfield/internal";
import { type BondData, bondLayer } from "../engine/bondlayer.ts";
import { blind } from "../state/bet.ts";
import { bondValues } from "../state/bondvalues.ts";
import { cast, eyeCorner, glass, pictureOf, radii, sameBox } from "../state/glass.ts";
import { knownOf } from "../state/known.ts";
import { foretold, maps, source } from "../state/maps.ts";
import { progress } from "../state/replay.ts";
import { chosenEvent, debyeWaller, events, foretelling, reading, readState, shown } from "../state/shear.ts";
import { inUnits } from "../state/units.ts";
import { type Colouring, view } from "../state/view.ts";
import { fractionsOf } from "./geometry.ts";
import { isosurface } from "./isosurface.ts";
import { arrowLayer, lengths, levelsOf, magnitudeQuantile, orderedQuantile } from "./layers.ts";
import type { Pickable } from "./pick.ts";
import type { Scene } from "./scene.ts";
import { sceneTheme } from "./theme.ts";
import type { FieldData, SceneView } from "./types.ts";

/** |E| drawn at full width: the 0.995 quantile, two digits; at least that of the unsheared glass. */
const autoSaturation = computed(() => {
  const drawn = bondValues.value;
  const own = foretelling.value.reading;
  const usual = own && !drawn?.slope ? orderedQuantile(own.energies[0].lte, own.order, 0.995) : 0;
  const most = Math.max(usual, drawn ? orderedQuantile(drawn.values, drawn.order, 0.995) : 0);
  return most > 0 ? Number(most.toPrecision(2)) : 1;
});
export const bondSaturation = computed(() => autoSaturation.value / view.value.gain);

/** |E| below which bonds are not drawn: as asked for, or in 3D so that the 4 % largest are. */
export const bondThreshold = computed(() => {
  const asked = view.value.threshold;
  const [now, drawn] = [reading.value, bondValues.value];
  if (!now || !drawn || (asked >= 0 && !drawn.slope)) return Math.max(0, asked);
  return now.system.box.dimension === 2
    ? 0
    : Number(orderedQuantile(drawn.values, drawn.order, 0.96).toPrecision(2));
});

/** Bonds of the state that is read, at the positions in view; none where that is another glass. */
export const bonds = computed<BondData | undefined>(() => {
  const [now, place, drawn] = [reading.value, shown.value, bondValues.value];
  if (!now || !place || !drawn || now.system.positions.length !== place.positions.length) return undefined;
  if (now.system.box.dimension !== place.box.dimension) return undefined;
  // As the worker has laid them out, where the state that is read is in view.
  if (!drawn.slope && place === pictureOf(readState.value?.system ?? now.system)) return now.layer;
  const { i, j, du } = now.pairs;
  const follow = !sameBox(place.box, now.system.box);
  return bondLayer(
    place.box,
    place.positions,
    { i, j, du, values: drawn.values },
    { order: drawn.order, follow },
  );
});

/** The displacements of the event chosen, else the thermal displacement X. */
export const vectors = computed(() => {
  const event = events.value.find(({ ordinal }) => ordinal === chosenEvent.value);
  return event?.displacements ?? reading.value?.displacement;
});
export const arrowSaturation = computed(() =>
  vectors.value && glass.value
    ? magnitudeQuantile(
        lengths(vectors.value, glass.value.system.box.dimension),
        chosenEvent.value ? 1 : 0.995,
      )
    : 1,
);

/** The heat map with its scale. */
export const fieldData = computed<FieldData | undefined>(() => fieldDataOf(source.value));

/** Levels of the scale at which a field in 3D has surfaces. */
const SURFACE_LEVELS = [0.62, 0.82];

/** The heat map of an indicator, on a scale of its own. */
export function fieldDataOf(name: string): FieldData | undefined {
  const now = maps.value[name]?.field;
  if (!now) return undefined;
  const { levels, low, high } = levelsOf(now.values);
  const usual = foretold.value[name]?.field.values.reduce((a, b) => Math.max(a, b), 0) || high;
  const decades = Math.max(0, Math.log10(high / usual));
  const { counts } = now;
  const shift = fractionsOf(now.box, eyeCorner(now.box));
  if (counts.length !== 3) return { counts, levels, low, high, decades, shift };
  const surfaces = SURFACE_LEVELS.map((level) => ({
    level,
    vertices: isosurface(counts, levels, level, shift),
  }));
  return { counts, levels, low, high, decades, shift, surfaces };
}

/** What particles are coloured by: a number each, and the range of the scale. */
export const colourScale = computed(() => {
  const now = reading.value;
  const { colouring } = view.value;
  if (!now || colouring === "species") return undefined;
  const values = {
    energy: now.particleEnergy,
    "debye-waller": debyeWaller.value,
    lte: now.largest,
  }[colouring];
  if (!values) return undefined;
  const sorted = values.filter((x) => Number.isFinite(x)).sort();
  const low = sorted[Math.floor(0.02 * sorted.length)] ?? 0;
  const high = sorted[Math.floor(0.98 * sorted.length)] ?? 1;
  return { values, low, high, title: COLOURING_WORDS[colouring], unit: inUnits(UNITS[colouring]) };
});

export const COLOURING_WORDS: Readonly<Record<Colouring, string>> = {
  species: "Kind (species)",
  energy: "Energy",
  "debye-waller": "How far it trembles (Debye–Waller factor)",
  lte: "Heat of its bonds (largest |E|)",
};

const UNITS: Readonly<Record<Colouring, string>> = {
  species: "",
  energy: "ε",
  "debye-waller": "λ²/ε",
  lte: "",
};

const diameters = computed(() => glass.value?.system.diameters);

const attributes = computed(() => {
  const who = cast.value;
  if (!who) return new Float64Array(0);
  const size = radii(who.model, who.species, diameters.value);
  const scale = colourScale.value;
  // The palette of species has four blocks.
  const colour = (p: number): number => {
    if (!scale) return ((who.species[p] % 4) + 0.5) / 4;
    const t = (scale.values[p] - scale.low) / Math.max(1e-12, scale.high - scale.low);
    return Number.isFinite(t) ? Math.min(0.998, Math.max(0.002, t)) : -1;
  };
  return Float32Array.from({ length: 2 * size.length }, (_, k) =>
    k % 2 === 0 ? size[k >> 1] : colour(k >> 1),
  );
});

/** Of so many particles a picture without their bonds is not worth its time where it lasts for a moment only. */
const MANY = 5000;
/** Milliseconds that such a glass has to be read in, for each 10,000 particles. */
const PATIENCE = 400;
/** Whether the glass in view is kept back until it is read. */
const keptBack = signal(false);

/** Keeps large glasses back for a moment; returns what ends that. */
function keepBack(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = effect(() => {
    const now = glass.value;
    clearTimeout(timer);
    const count = now?.system.species.length ?? 0;
    keptBack.value = count > MANY && now?.origin.kind === "file" && !knownOf(now.system).reading;
    if (!keptBack.peek()) return;
    timer = setTimeout(
      () => {
        keptBack.value = false;
      },
      (PATIENCE * Math.min(count, 30_000)) / 10_000,
    );
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}

/** What is drawn of the settings: a liquid has particles only. */
export const sceneView = computed<SceneView>(() => {
  const v = view.value;
  const known = reading.value !== undefined && !blind.value;
  const n = cast.value?.species.length ?? 1;
  const box = shown.value?.box;
  const d = box?.dimension ?? 2;
  const size = box
    ? Array.from({ length: d }, (_, a) => box.vectors[a * (d + 1)]).reduce((a, b) => a * b, 1)
    : 1;
  const spacing = (size / n) ** (1 / d);
  const event = chosenEvent.value !== undefined;
  const arrows = known && (event ? v.eventArrows : v.arrows);
  return {
    particles: known ? v.particles : !keptBack.value,
    bonds: known && v.bonds && !event,
    arrows,
    field: known && v.field,
    colouring: colourScale.value && known ? "number" : "species",
    bondThreshold: bondThreshold.value,
    bondSaturation: bondSaturation.value,
    arrowSaturation: arrows ? arrowSaturation.value : 1,
    arrowLog: v.arrowLog,
    // An event's arrows grow with it.
    arrowLength: 2.5 * spacing * v.arrowGain * (event ? Math.max(0.02, progress.value) : 1),
    fieldSmooth: v.smooth,
    surfaces: v.surfaces,
    slabCentre: v.slabCentre,
    slabThickness: v.slabThickness,
  };
});

/** How many times longer than they are an event's displacements are drawn. */
export const magnification = computed(() => {
  const { arrowLength, arrowSaturation: longest } = sceneView.value;
  return arrowLength / Math.max(0.02, progress.value) / longest;
});

/** A kind of particles: its colour, and its size beside the largest. */
export interface Kind {
  readonly words: string;
  readonly colour: string;
  readonly size: number;
}

/** The kinds of particles in view, where their colours tell them and nothing is laid over them. */
export const kinds = computed<readonly Kind[]>(() => {
  const [who, v] = [cast.value, sceneView.value];
  // Of discs of all sizes there are no kinds.
  if (!who || !v.particles || v.field || v.colouring !== "species" || diameters.value) return [];
  const { species } = sceneTheme.value;
  const { model } = who;
  const widths = model.species.map((_, s) => pairLength(model, s, s));
  const largest = Math.max(...widths);
  const bySize = widths.length === 2 && widths[0] !== widths[1];
  return model.species.map((name, s) => ({
    words: bySize ? (widths[s] === largest ? "large" : "small") : name,
    colour: species[s % species.length],
    size: widths[s] / largest,
  }));
});

const arrowsShown = computed(() => sceneView.value.arrows);

/** What can be pointed at. */
export const pickable = computed<Pickable | undefined>(() => {
  const [place, who] = [shown.value, cast.value];
  if (!place || !who) return undefined;
  const v = sceneView.value;
  return {
    box: place.box,
    positions: place.positions,
    radii: radii(who.model, who.species, diameters.value),
    bonds: v.bonds ? bonds.value : undefined,
    threshold: v.bondThreshold,
    particles: v.particles,
    seen: slabTest(place.box, v.slabCentre, v.slabThickness),
  };
});

function slabTest(box: Box, centre: number, thickness: number): (x: number, y: number, z: number) => boolean {
  if (box.dimension === 2 || thickness >= 1) return () => true;
  const inverse = inverseVectors(box);
  return (_x, _y, z) => {
    const s = z * inverse[8] - centre;
    return Math.abs(s - Math.round(s)) <= thickness / 2;
  };
}

/** Keeps a scene showing the map of an indicator, with events, beside the one of `bindScene`; returns what ends that. */
export function bindBeside(scene: Scene, name: string): () => void {
  const ends = [
    effect(() => scene.setTheme(sceneTheme.value)),
    effect(() => scene.setAttributes(Float32Array.from(attributes.value))),
    effect(() => {
      const now = shown.value;
      if (now) scene.setParticles(now.box, now.positions);
      else scene.clear();
    }),
    effect(() => {
      // What is not drawn is not sent.
      const d = arrowsShown.value ? glass.value?.system.box.dimension : undefined;
      scene.setArrows(d && vectors.value ? arrowLayer(vectors.value, d) : undefined);
    }),
    effect(() => scene.setField(fieldDataOf(name))),
    effect(() => {
      const event = chosenEvent.value !== undefined;
      const now = sceneView.value;
      scene.setView({ ...now, bonds: false, arrows: event && now.arrows, field: true });
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Keeps a scene showing the state of the page; returns what ends that. */
export function bindScene(scene: Scene): () => void {
  const ends = [
    effect(() => scene.setTheme(sceneTheme.value)),
    effect(() => scene.setAttributes(Float32Array.from(attributes.value))),
    effect(() => {
      const now = shown.value;
      if (now) scene.setParticles(now.box, now.positions);
      else scene.clear();
    }),
    keepBack(),
    effect(() => scene.setBonds(bonds.value)),
    effect(() => {
      // What is not drawn is not sent.
      const d = arrowsShown.value ? glass.value?.system.box.dimension : undefined;
      scene.setArrows(d && vectors.value ? arrowLayer(vectors.value, d) : undefined);
    }),
    effect(() => scene.setField(fieldData.value)),
    effect(() => scene.setView(sceneView.value)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
