import type { JSX } from "preact";
import { useRef } from "preact/hooks";

const WORDS: readonly (readonly [string, string])[] = [
  [
    "E, local thermal energy",
    "Warm the glass a little: on average each bond takes up E times ½k_B T (k_B T: what a temperature is worth in energy). Where E is large, or negative, the glass is about to give way. A pure number, exact for this glass.",
  ],
  [
    "Softness field",
    "|E| of the bonds averaged over small cells, smoothed: the stronger the colour, the softer the glass.",
  ],
  [
    "Soft spots",
    "The maxima of the field by rank: 1 is the softest, the best guess for where it breaks first.",
  ],
  ["η and Δε", "The field at a spot, and how many times softer the softest spot is than this one."],
  [
    "Event",
    "Sheared far enough, a few particles suddenly rearrange, and energy is set free (the drop). The pin stands at the particle that moved most.",
  ],
  [
    "Softer, and chance",
    "The share of the glass that the field said was softer than the place that broke: 0 % if it broke at the softest place, 50 % on average if the field knew nothing.",
  ],
  ["Modes", "The 30 softest vibrations: the usual way to look for soft spots, for comparison."],
  [
    "X, thermal displacement",
    "Where the particles go on average as the glass is warmed, a unit of temperature.",
  ],
  [
    "Debye–Waller factor",
    "How far each particle trembles: its mean square displacement a unit of temperature.",
  ],
  ["λ, ε, τ₀", "The model’s length (of a small particle), energy and time. γ is the strain, σ the stress."],
];

/** What the symbols mean. */
export function Words(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" class="quiet help" onClick={() => dialog.current?.showModal()}>
        What do I see?
      </button>
      <dialog ref={dialog} class="words-of" aria-labelledby="words-title">
        <h2 id="words-title">What you see</h2>
        <dl>
          {WORDS.map(([word, meaning]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <button type="button" class="primary" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}
