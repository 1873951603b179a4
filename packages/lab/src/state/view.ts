import { computed, effect, signal } from "@preact/signals";
import { INDICATOR_NAMES } from "./indicatorlist.ts";

export type Tab = "make" | "read" | "break" | "take";
export type Colouring = "species" | "energy" | "debye-waller" | "lte";
export type ThemeName = "light" | "dark";

/** Everything that decides how a glass is shown; a link holds what differs from this. */
export const VIEW_DEFAULTS = {
  particles: true,
  bonds: true,
  arrows: false,
  field: true,
  spots: true,
  colouring: "species" as Colouring,
  /** The indicator that field and spots are of. */
  source: "lte",
  /** What bonds are drawn by: E, or how it grows with shear. */
  bondsBy: "lte" as "lte" | "slope",
  /** Indicators whose maps stand beside it: names, with commas between. */
  beside: "",
  /** Bonds with |E| below it are not drawn; negative: chosen automatically. */
  threshold: -1,
  /** |E| drawn at full width, in multiples of the automatic one. */
  gain: 1,
  /** Length of arrows, in multiples of the automatic one. */
  arrowGain: 1,
  arrowLog: false,
  /** Of the event that is looked at. */
  eventArrows: true,
  /** |E| that the softness field keeps. */
  kept: 1.1,
  smooth: true,
  /** 3D: the field as surfaces round what is soft; else a slice. */
  surfaces: true,
  spotCount: 12,
  /** On the marks of spots: which way they are soft. */
  directions: true,
  slabCentre: 0.5,
  slabThickness: 1,
};
export type View = typeof VIEW_DEFAULTS;

export const view = signal<View>(VIEW_DEFAULTS);
export const tab = signal<Tab>("make");

export function setView(change: Partial<View>): void {
  view.value = { ...view.value, ...change };
}

const THEME = "softfield-theme";
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const systemTheme = signal<ThemeName>(prefersDark.matches ? "dark" : "light");
prefersDark.addEventListener("change", () => {
  systemTheme.value = prefersDark.matches ? "dark" : "light";
});
const chosenTheme = signal<ThemeName | undefined>(keptTheme());
/** The theme that a link asked for, for as long as the page is open. */
export const linkedTheme = signal<ThemeName | undefined>(undefined);
export const themeName = computed<ThemeName>(
  () => linkedTheme.value ?? chosenTheme.value ?? systemTheme.value,
);

export function setLinkedTheme(name: string | null): void {
  linkedTheme.value = name === "light" || name === "dark" ? name : undefined;
}

/** Where the browser keeps nothing for this page, the theme is the system's. */
function keptTheme(): ThemeName | undefined {
  try {
    const kept = localStorage.getItem(THEME);
    return kept === "light" || kept === "dark" ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function toggleTheme(): void {
  const next = themeName.value === "dark" ? "light" : "dark";
  chosenTheme.value = next;
  if (linkedTheme.value) linkedTheme.value = next;
  try {
    localStorage.setItem(THEME, next);
  } catch {
    // A page that may keep nothing shows it until it is left.
  }
}

effect(() => {
  document.documentElement.dataset.theme = themeName.value;
});

/** As parameters of a link: what differs from the defaults. */
export function viewToParameters(now: View): [string, string][] {
  return (Object.keys(VIEW_DEFAULTS) as (keyof View)[]).flatMap((key): [string, string][] =>
    now[key] === VIEW_DEFAULTS[key] ? [] : [[key, String(now[key])]],
  );
}

const CHOICES: Partial<Record<keyof View, readonly string[]>> = {
  colouring: ["species", "energy", "debye-waller", "lte"],
  source: INDICATOR_NAMES,
  bondsBy: ["lte", "slope"],
};

/** What a link says of the view; what is malformed stays at its default. */
export function viewFromParameters(parameters: URLSearchParams): View {
  const entries = (Object.keys(VIEW_DEFAULTS) as (keyof View)[]).map((key) => {
    const fallback = VIEW_DEFAULTS[key];
    const text = parameters.get(key);
    if (text === null) return [key, fallback];
    if (typeof fallback === "boolean") return [key, text === "true" || (text !== "false" && fallback)];
    if (typeof fallback === "number") return [key, Number.isFinite(Number(text)) ? Number(text) : fallback];
    if (key === "beside") {
      const known = text.split(",").filter((name) => INDICATOR_NAMES.includes(name));
      return [key, [...new Set(known)].slice(0, 3).join(",")];
    }
    return [key, CHOICES[key]?.includes(text) ? text : fallback];
  });
  return Object.fromEntries(entries) as View;
}
