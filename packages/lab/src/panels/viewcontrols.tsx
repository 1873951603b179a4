import type { ComponentChildren, JSX } from "preact";
import { setView, type View, view } from "../state/view.ts";
import { number } from "../words.ts";
import { Slider, Toggle } from "./controls.tsx";

type KeysOf<Value> = { [K in keyof View]: View[K] extends Value ? K : never }[keyof View];

interface ViewToggleProps {
  readonly name: KeysOf<boolean>;
  readonly label: ComponentChildren;
}

/** Switches a setting of the view. */
export function ViewToggle({ name, label }: ViewToggleProps): JSX.Element {
  return (
    <Toggle label={label} checked={view.value[name]} onChange={(checked) => setView({ [name]: checked })} />
  );
}

interface ViewSliderProps {
  readonly name: KeysOf<number>;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly shown: (value: number) => string;
  /** Where it differs from the setting: what the setting amounts to. */
  readonly value?: number;
}

/** Sets a number of the view. */
export function ViewSlider({ name, shown, ...range }: ViewSliderProps): JSX.Element {
  const now = range.value ?? view.value[name];
  return <Slider {...range} value={now} shown={shown(now)} onInput={(value) => setView({ [name]: value })} />;
}

interface FactorProps {
  readonly name: KeysOf<number>;
  readonly label: string;
  /** The slider goes from 2^−powers to 2^powers. */
  readonly powers: number;
}

/** Sets a factor of the view, on a logarithmic scale. */
export function ViewFactor({ name, label, powers }: FactorProps): JSX.Element {
  const factor = view.value[name];
  return (
    <Slider
      label={label}
      value={Math.log2(factor)}
      min={-powers}
      max={powers}
      step={0.25}
      shown={`×${number(factor, 2)}`}
      onInput={(power) => setView({ [name]: 2 ** power })}
    />
  );
}
