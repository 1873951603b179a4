import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { asked } from "../state/glossary.ts";
import { inUnits } from "../state/units.ts";

const WORDS: readonly (readonly [word: string, title: string, meaning: string])[] = [
  [
    "E",
    "E, local thermal energy",
    "Warm the glass a little: on average each bond takes up E times ½k_B T (k_B T: what a temperature is worth in energy). Where E is large, or negative, the glass is about to give way. A pure number, exact for this glass.",
  ],
  [
    "field",
    "Map of softness (softness field)",
    "|E| of the bonds averaged over small cells, smoothed: the stronger the colour, the softer the glass. Other fields colour by other quantities, each on its own scale.",
  ],
  [
    "spots",
    "Soft spots",
    "The peaks of the map, numbered by softness: 1 is the softest, the best guess for where it breaks first. A lesser peak may lie in a pale part: it is softer than what is around it, no more. While the glass is sheared a spot keeps its number; new ones have letters.",
  ],
  ["η", "η (eta)", "The map’s value at a spot: how soft it is there, as a mean of |E|."],
  [
    "Δε",
    "Δε",
    "η of the softest spot over that of this one: how many times softer the softest is. 1 for spot 1; spots of much larger Δε are hardly rivals.",
  ],
  [
    "event",
    "Event",
    "Sheared far enough, a few particles suddenly rearrange, and energy is set free (the drop). The pin stands at the particle that moved most.",
  ],
  [
    "foretold",
    "Softer than x % of the glass; foretold; chance",
    "The one yardstick: how much of the glass the map, made before the shear, calls less soft than the place that broke. 100 % if it broke at the softest place; 50 % on average if the map knew nothing. From 90 % on an event counts as foretold, as one blind guess in ten is; up to 60 % as not foretold. A bet is measured likewise: how much of the glass is farther from it than the place that broke.",
  ],
  [
    "box",
    "The box",
    "It has no walls: what leaves on one side comes in on the other, as if copies of it stood side by side. Distances are measured the shortest way, across an edge, too, and a spot at an edge goes on at the opposite one.",
  ],
  ["modes", "Modes", "The 30 softest vibrations: the usual way to look for soft spots, for comparison."],
  [
    "X",
    "X, thermal displacement",
    "Where the particles go on average as the glass is warmed, a unit of temperature.",
  ],
  [
    "Debye–Waller",
    "Debye–Waller factor",
    "How far each particle trembles: its mean square displacement a unit of temperature.",
  ],
  [
    "λ",
    "λ, ε, τ₀, γ, σ",
    "The model’s length (the width of a small particle), energy and time. γ is the strain: how far the top was pushed, over the height; σ the stress that it takes.",
  ],
];

/** What the words and symbols mean; opened at the one that was asked for. */
export function Glossary(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const word = asked.value;
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      // The focus, on the button at the end, would have scrolled there.
      element.scrollTop = 0;
    }
    element?.querySelector(".asked")?.scrollIntoView({ block: "center" });
  }, [word]);
  const close = (): void => {
    asked.value = undefined;
  };
  return (
    <dialog ref={dialog} class="words-of" aria-labelledby="words-title" onClose={close}>
      <h2 id="words-title">What you see</h2>
      <dl>
        {WORDS.map(([name, title, meaning]) => (
          <div key={name} class={name === word ? "asked" : undefined}>
            <dt>{title}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
        {inUnits("λ") !== "λ" && (
          <div>
            <dt>Units</dt>
            <dd>This model’s are {[inUnits("λ"), inUnits("ε"), inUnits("τ₀")].join(", ")}.</dd>
          </div>
        )}
      </dl>
      <button type="button" class="primary" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
