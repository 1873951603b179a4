import { computed, signal } from "@preact/signals";
import { number } from "../words.ts";
import { pictureAt, spotAt } from "./corner.ts";
import { cast, glass } from "./glass.ts";
import { wordsOf } from "./indicators.ts";
import { map, source } from "./maps.ts";
import { debyeWaller, reading, shown } from "./shear.ts";
import { inUnits } from "./units.ts";

/** What lies under the pointer: numbers of a particle, of a bond of the reading in view, of a spot. */
export type Picked =
  | { readonly kind: "particle"; readonly index: number }
  | { readonly kind: "bond"; readonly index: number }
  | { readonly kind: "spot"; readonly rank: number };

/** What is pointed at, and where on the stage. */
export interface Pointed {
  readonly what: Picked;
  readonly at: readonly [number, number];
  /** Tapped: stays until the next tap. */
  readonly pinned: boolean;
}
export const pointed = signal<Pointed | undefined>(undefined);

interface Facts {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

/** Numbers of what is pointed at: names and values. */
export const facts = computed<Facts | undefined>(() => {
  const what = pointed.value?.what;
  if (!what) return undefined;
  if (what.kind === "particle") return particleFacts(what.index);
  if (what.kind === "bond") return bondFacts(what.index);
  return spotFacts(what.rank);
});

function particleFacts(p: number): Facts | undefined {
  const who = cast.value;
  const place = shown.value;
  if (!who || !place || p >= who.species.length) return undefined;
  const d = place.box.dimension;
  const origin = glass.value?.origin;
  const ids = origin?.kind === "file" ? origin.ids : undefined;
  const now = reading.value;
  const own = pictureAt(place.positions.subarray(p * d, (p + 1) * d));
  const x = Array.from(own, (c) => number(c, 4)).join(", ");
  const rows: [string, string][] = [
    ["species", who.model.species[who.species[p]]],
    ["at", `${x} ${inUnits("λ")}`],
  ];
  if (ids) rows.unshift(["id in file", String(ids[p])]);
  if (now) {
    const size = Math.hypot(...now.displacement.subarray(p * d, (p + 1) * d));
    rows.push(
      ["energy", `${number(now.particleEnergy[p])} ${inUnits("ε")}`],
      ["its share of E", number(now.share[p])],
      ["largest |E|", number(now.largest[p])],
      ["|X|", `${number(size)} ${inUnits("λ/ε")}`],
    );
  }
  const factors = debyeWaller.value;
  if (factors) rows.push(["⟨x²⟩/T", `${number(factors[p])} ${inUnits("λ²/ε")}`]);
  return { title: `Particle ${p}`, rows };
}

function bondFacts(m: number): Facts | undefined {
  const now = reading.value;
  if (!now || m >= now.pairs.r.length) return undefined;
  const { i, j, r, phi0, phi1 } = now.pairs;
  const [{ lte, harmonic, anharmonic }] = now.energies;
  return {
    title: `Bond ${i[m]}–${j[m]}`,
    rows: [
      ["E", number(lte[m])],
      ["harmonic", number(harmonic[m])],
      ["anharmonic", number(anharmonic[m])],
      ["r", `${number(r[m])} ${inUnits("λ")}`],
      ["φ", `${number(phi0[m])} ${inUnits("ε")}`],
      ["φ′", `${number(phi1[m])} ${inUnits("ε/λ")}`],
    ],
  };
}

function spotFacts(rank: number): Facts | undefined {
  const spot = map.value?.marks[rank - 1];
  if (!spot) return undefined;
  return {
    title: `${wordsOf(source.value).spot} ${spot.name}`,
    rows: [
      ["rank by softness", `${rank} of ${map.value?.marks.length}`],
      ["softness there, η", number(spot.score)],
      ["the softest: times softer, Δε", number(spot.standardized)],
      ["at", `${Array.from(spotAt(spot.position), (c) => number(c, 4)).join(", ")} ${inUnits("λ")}`],
    ],
  };
}
