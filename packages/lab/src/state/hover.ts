import { computed, signal } from "@preact/signals";
import { type Box, inverseVectors } from "softfield";
import { bonds, sceneView } from "../scene/bind.ts";
import type { Pickable, Picked } from "../scene/pick.ts";
import { cast, glass, radii, reading, shown } from "./glass.ts";
import { spots } from "./maps.ts";
import { view } from "./view.ts";

/** What is pointed at, and where on the stage. */
export interface Pointed {
  readonly what: Picked | { readonly kind: "spot"; readonly rank: number };
  readonly at: readonly [number, number];
  /** Tapped: stays until the next tap. */
  readonly pinned: boolean;
}
export const pointed = signal<Pointed | undefined>(undefined);

/** What can be pointed at. */
export const pickable = computed<Pickable | undefined>(() => {
  const [place, who] = [shown.value, cast.value];
  if (!place || !who) return undefined;
  const v = sceneView.value;
  return {
    box: place.box,
    positions: place.positions,
    radii: radii(who.model, who.species),
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

/** Numbers of what is pointed at: names and values. */
export const facts = computed<{ title: string; rows: readonly (readonly [string, string])[] } | undefined>(
  () => {
    const what = pointed.value?.what;
    if (!what) return undefined;
    if (what.kind === "particle") return particleFacts(what.index);
    if (what.kind === "bond") return bondFacts(what.entry);
    return spotFacts(what.rank);
  },
);

/** Five digits, a true minus sign. */
export function number(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e5)
      ? value.toExponential(Math.max(0, digits - 2))
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

function particleFacts(p: number) {
  const who = cast.value;
  const place = shown.value;
  if (!who || !place || p >= who.species.length) return undefined;
  const d = place.box.dimension;
  const origin = glass.value?.origin;
  const ids = origin?.kind === "file" ? origin.ids : undefined;
  const now = reading.value;
  const x = Array.from(place.positions.subarray(p * d, (p + 1) * d), (c) => number(c, 4)).join(", ");
  const rows: [string, string][] = [
    ["species", who.model.species[who.species[p]]],
    ["at", `${x} λ`],
  ];
  if (ids) rows.unshift(["id in file", String(ids[p])]);
  if (now) {
    const size = Math.hypot(...now.displacement.subarray(p * d, (p + 1) * d));
    rows.push(
      ["energy", `${number(now.particleEnergy[p])} ε`],
      ["largest |E|", number(now.largest[p])],
      ["|X|", `${number(size)} λ/ε`],
      ["⟨x²⟩/T", `${number(now.debyeWaller[p])} λ²/ε`],
    );
  }
  return { title: `Particle ${p}`, rows };
}

function bondFacts(entry: number) {
  const now = reading.value;
  const layer = bonds.value;
  if (!now || !layer) return undefined;
  const m = bondOf(entry);
  if (m === undefined) return undefined;
  const { i, j, r, phi0, phi1 } = now.interactions;
  const rows: [string, string][] = [
    ["E", number(now.lte[m])],
    ["harmonic", number(now.harmonic[m])],
    ["anharmonic", number(now.anharmonic[m])],
    ["r", `${number(r[m])} λ`],
    ["φ", `${number(phi0[m])} ε`],
    ["φ′", `${number(phi1[m])} ε/λ`],
  ];
  return { title: `Bond ${i[m]}–${j[m]}`, rows };
}

/** The bond behind an entry of the layer: by its ends and value. */
function bondOf(entry: number): number | undefined {
  const now = reading.value!;
  const layer = bonds.value!;
  const start = layer.starts[entry];
  const value = layer.bonds[4 * entry + 3];
  const { i, j } = now.interactions;
  const m = now.lte.findIndex((e, k) => Math.fround(e) === value && (i[k] === start || j[k] === start));
  return m < 0 ? undefined : m;
}

function spotFacts(rank: number) {
  const spot = spots.value?.spots[rank - 1];
  if (!spot) return undefined;
  return {
    title: `${view.value.source === "modes" ? "Modes spot" : "Soft spot"} ${rank}`,
    rows: [
      ["score η", number(spot.score)],
      ["Δε = η₁/η", number(spot.standardized)],
      ["at", `${Array.from(spot.position, (c) => number(c, 4)).join(", ")} λ`],
    ] as [string, string][],
  };
}
