import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { asked } from "../state/glossary.ts";
import { inUnits } from "../state/units.ts";

const WORDS: readonly (readonly [word: string, title: string, meaning: string])[] = [
  [
    "E",
    "E, local thermal energy",
    "Warm the glass a little: on average each bond takes up E times ½kT, kT being the temperature as an energy. The sum is one ½kT for each way to move, but the bonds share it unevenly; some lose energy (orange), as warmth shifts their particles to where they are less squeezed. Where E is large, or negative, particles are held weakly. A pure number, exact for this glass.",
  ],
  [
    "field",
    "Map of softness (softness field)",
    "|E|, the size of E without its sign, averaged over cells some three particles wide, smoothed: the stronger the colour, the softer the glass. Each glass has its own scale, from its stiffest cell to its softest. Other fields colour by other quantities.",
  ],
  [
    "spots",
    "Soft spots",
    "Cells that are softer than those around them, numbered by softness: 1 is the softest, the best guess for where it breaks first. A circle stands in the middle of its cell, filled with its colour in the map; a lesser one may lie in a pale part. While the glass is sheared a spot keeps its number; new ones have letters.",
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
    "What breaking is here: sheared far enough, the particles find no place nearby to settle in; a few suddenly shift, and energy is set free (the drop). The pin stands at the particle that moved most. Events are numbered in order; the number in a pin is the event’s, not a spot’s.",
  ],
  [
    "foretold",
    "Softer than x % of the glass; foretold",
    "How much of the glass is stiffer, by the map made before the shear, than the place that broke: 100 % if it broke at the softest place of all, 50 % on average of a map that knew nothing. From 90 % on the event was foretold, as one blind guess in ten would be. All that is blue counts, not spot 1 alone: a glass may break at spot 3 and have been foretold.",
  ],
  [
    "hit",
    "Nearer than x % of the glass; a hit",
    "Of a bet, or of a single spot: how much of the glass is farther from it than the place that broke. From 90 % on it is a hit, as one blind tap in ten is. A bet is compared with circle 1 and square M in this way, place against place.",
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
