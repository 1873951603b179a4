import { computed, signal } from "@preact/signals";
import type { PresetName } from "softfield/internal";
import {
  PROTOCOL_KINDS,
  type Protocol,
  type ProtocolKind,
  type ProtocolOptions,
  presetNames,
  resolveProtocol,
} from "softfield/internal";
import { isPreset, modelNamed } from "./ownmodels.ts";

/** Numbers of a protocol that the page lets one set, in the words of the command line, with their units. */
export const PROTOCOL_NUMBERS = [
  ["liquidTemperature", "Liquid temperature", "ε"],
  ["liquidTime", "Time in the liquid", "τ₀"],
  ["annealTemperature", "Anneal temperature", "ε"],
  ["annealTime", "Anneal time", "τ₀"],
  ["finalTemperature", "Final temperature", "ε"],
  ["coolingRate", "Cooling rate", "ε/τ₀"],
  ["dt", "Time step", "τ₀"],
] as const;
export type ProtocolNumber = (typeof PROTOCOL_NUMBERS)[number][0];

/** What the page asks for when it makes a glass; everything that a link holds of it. */
export interface RecipeChoice {
  /** One of the library's, or the name of a file of the page's own. */
  readonly model: string;
  readonly particles: number;
  readonly seed: number;
  readonly kind: ProtocolKind;
  /** Only what differs from the defaults. */
  readonly numbers: Readonly<Partial<Record<ProtocolNumber, number>>>;
}

/** Chosen: its first event strikes the softest spot; `ODDS_TABLE` says how often that comes true. */
export const FIRST_RECIPE: RecipeChoice = {
  model: "2dipl",
  particles: 1000,
  seed: 5,
  kind: "anneal",
  numbers: {},
};

interface ModelWords {
  readonly title: string;
  /** What those call it who know it. */
  readonly term?: string;
  readonly text: string;
}

const MODEL_WORDS: Readonly<Partial<Record<PresetName, ModelWords>>> = {
  "2dipl": {
    title: "Discs",
    term: "2DIPL",
    text: "Two dimensions: small and large discs that repel as r⁻¹⁰.",
  },
  "3dipl": {
    title: "Spheres",
    term: "3DIPL",
    text: "Three dimensions: small and large spheres that repel as r⁻¹⁰.",
  },
  "sw-silicon": {
    title: "Silicon",
    term: "Stillinger–Weber",
    text: "Three dimensions: Stillinger and Weber’s silicon, bonds and angles; λ = 2.0951 Å, ε = 2.1683 eV.",
  },
  "3dkablj": {
    title: "Metallic mixture",
    term: "3DKABLJ",
    text: "Three dimensions: the Kob–Andersen Lennard-Jones mixture.",
  },
};

/** Others: in plain words, and the term. */
const TITLES: Readonly<Partial<Record<PresetName, readonly [title: string, term: string]>>> = {
  wca: ["Repelling mixture", "WCA"],
  wahnstrom: ["Mixture", "Wahnström"],
  "kob-andersen-2d": ["Mixture, flat", "Kob–Andersen"],
  "falk-langer": ["Mixture, flat", "Falk–Langer"],
  "bks-silica": ["Silica", "BKS"],
  "shik-silica": ["Silica", "SHIK"],
  "vashishta-silica": ["Silica", "Vashishta"],
  "sw-silicon-metal": ["Silicon in Å", "Stillinger–Weber"],
  "tersoff-silicon": ["Silicon", "Tersoff"],
  "silica-2d": ["Silica, flat", "Roy–Heyde–Heuer"],
  poly2d: ["Discs of all sizes", "Poly 2D"],
  poly3d: ["Spheres of all sizes", "Poly 3D"],
};

/** Whether a model is one of the few that are told of in full. */
export function hasOwnWords(name: PresetName): boolean {
  return name in MODEL_WORDS;
}

/** A model in words: its own, or what it is made of. */
export function modelWords(name: string): ModelWords {
  const own = isPreset(name) ? MODEL_WORDS[name] : undefined;
  if (own) return own;
  const { dimension, species } = modelNamed(name);
  const text = `${dimension === 2 ? "Two" : "Three"} dimensions; species ${species.join(", ")}.`;
  const [title, term] = (isPreset(name) && TITLES[name]) || [name];
  return { title, ...(term !== undefined && { term }), text };
}

export const PROTOCOL_WORDS: Readonly<Record<ProtocolKind, string>> = {
  anneal: "Keep just below freezing (anneal)",
  instantaneous: "Freeze at once (instantaneous quench)",
  cooling: "Cool at a constant rate (cooling)",
  swap: "Exchange sizes until it is stable (swap Monte Carlo)",
  htl: "From the hot liquid (HTL)",
  esl: "From the supercooled liquid (ESL)",
  gq: "Cooled slowly (gradual quench, GQ)",
};

export const choice = signal<RecipeChoice>(FIRST_RECIPE);

/** The protocol of the kind chosen with its default numbers. */
export const defaults = computed<Protocol>(() => {
  const { model, kind } = choice.value;
  return resolveProtocol(modelNamed(model), { kind });
});

/** The protocol with all its numbers, or why there is none. */
export const resolved = computed<Protocol | Error>(() => {
  const { model } = choice.value;
  try {
    return resolveProtocol(modelNamed(model), protocolOptions(choice.value));
  } catch (error) {
    return error as Error;
  }
});

/** What is wrong with the numbers chosen, in the words of their labels. */
export const protocolFault = computed<string | undefined>(() => {
  if (!(resolved.value instanceof Error)) return undefined;
  return PROTOCOL_NUMBERS.reduce(
    (message, [name, words]) => message.replaceAll(name, `“${words}”`),
    resolved.value.message,
  );
});

export function protocolOptions({ kind, numbers }: RecipeChoice): ProtocolOptions {
  return { kind, ...numbers };
}

/** As parameters of a link: only what differs from the defaults, but always model, N and seed. */
export function recipeToParameters({
  model,
  particles,
  seed,
  kind,
  numbers,
}: RecipeChoice): [string, string][] {
  return [
    ["model", model],
    ["n", String(particles)],
    ["seed", String(seed)],
    ...(kind === "anneal" ? [] : [["protocol", kind] as [string, string]]),
    ...PROTOCOL_NUMBERS.flatMap(([name]): [string, string][] =>
      numbers[name] === undefined ? [] : [[name, String(numbers[name])]],
    ),
  ];
}

/** The recipe of a link; undefined where it names none. What is malformed is left at its default. */
export function recipeFromParameters(parameters: URLSearchParams): RecipeChoice | undefined {
  const model = parameters.get("model") as PresetName | null;
  if (model === null || !presetNames.includes(model)) return undefined;
  const kind = parameters.get("protocol") as ProtocolKind | null;
  const number = (name: string, fallback: number): number => {
    const text = parameters.get(name);
    const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : fallback;
  };
  const numbers: Partial<Record<ProtocolNumber, number>> = {};
  for (const [name] of PROTOCOL_NUMBERS) {
    const value = number(name, Number.NaN);
    if (!Number.isNaN(value)) numbers[name] = value;
  }
  return {
    model,
    particles: number("n", FIRST_RECIPE.particles),
    seed: number("seed", FIRST_RECIPE.seed),
    kind: kind !== null && PROTOCOL_KINDS.includes(kind) ? kind : "anneal",
    numbers,
  };
}

/**
 * The recipe that a file's header tells, as `softfield make` and this page write it; undefined where it tells none, or
 * more than a link holds.
 */
export function recipeFromHeader(
  header: Readonly<Record<string, unknown>>,
  particles: number,
): RecipeChoice | undefined {
  const kind = PROTOCOL_KINDS.find((name) => name === header.protocol);
  const model = presetNames.find((name) => name === header.model);
  const seed = header.seed;
  if (!kind || !model || typeof seed !== "number" || !("softfield" in header) || "strain" in header)
    return undefined;
  let usual: Protocol;
  try {
    usual = resolveProtocol(modelNamed(model), { kind });
  } catch {
    return undefined;
  }
  const numbers: Partial<Record<ProtocolNumber, number>> = {};
  const known = new Set<string>(PROTOCOL_NUMBERS.map(([name]) => name));
  for (const [name, value] of Object.entries(usual)) {
    const told = header[name];
    if (told === undefined || name === "kind" || told === value) continue;
    if (!known.has(name) || typeof told !== "number") return undefined;
    numbers[name as ProtocolNumber] = told;
  }
  return { model, particles, seed, kind, numbers };
}
