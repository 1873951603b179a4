import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { GlassFormer, PairModel } from "softfield";
import { unitNamed } from "softfield/internal";
import { addModel } from "../state/ownmodels.ts";
import { choice } from "../state/recipe.ts";
import { failure } from "../state/work.ts";
import { NumberField } from "./NumberField.tsx";

interface OwnGlassProps {
  readonly name: string;
  readonly model: PairModel;
}

/** How a glass of a model is prepared whose file does not say so. */
export function OwnGlass({ name, model }: OwnGlassProps): JSX.Element {
  const { species, dimension } = model;
  const [numbers, setNumbers] = useState<Partial<Omit<GlassFormer, "fractions" | "diameters">>>({});
  const [shares, setShares] = useState(species.map(() => 1));
  const { density, liquidTemperature, annealTemperature, annealTime = 100 } = numbers;
  const field = (label: string, unit: string, key: keyof typeof numbers, placeholder?: string) => (
    <NumberField
      label={label}
      unit={unitNamed(unit, model)}
      value={numbers[key]}
      {...(placeholder !== undefined && { placeholder })}
      onChange={(value) => {
        const { [key]: _, ...others } = numbers;
        setNumbers(value === undefined ? others : { ...others, [key]: value });
      }}
    />
  );
  const use = (): void => {
    if (density === undefined || liquidTemperature === undefined || annealTemperature === undefined) return;
    const sum = shares.reduce((all, share) => all + share, 0);
    const glass = {
      density,
      fractions: shares.map((share) => share / sum),
      liquidTemperature,
      annealTemperature,
      annealTime,
      glassTransition: annealTemperature,
    };
    if (
      [density, liquidTemperature, annealTemperature, annealTime, ...glass.fractions].some((x) => !(x > 0))
    ) {
      failure.value = new Error("Density, parts, temperatures and time of a glass have to be positive.");
      return;
    }
    failure.value = undefined;
    const own = /\.json$/i.test(name) ? name : `${name}.json`;
    addModel(own, { ...model, definition: { ...model.definition, glass }, glass });
    choice.value = { ...choice.value, model: own, numbers: {} };
  };
  return (
    <fieldset class="own-glass">
      <legend>How its glasses are made</legend>
      <p class="hint">
        {name} says nothing of it. Give the density, how much of each species, and two temperatures: that of
        the liquid, and one just below the glass transition. The model with them is among the downloads.
      </p>
      <div class="columns">
        {field("Density N/V", dimension === 2 ? "1/λ²" : "1/λ³", "density")}
        {species.length > 1 &&
          species.map((kind, k) => (
            <NumberField
              key={kind}
              label={`Parts of ${kind}`}
              value={shares[k]}
              onChange={(value = 1) => setShares(shares.map((share, other) => (other === k ? value : share)))}
            />
          ))}
        {field("Liquid temperature", "ε", "liquidTemperature")}
        {field("Anneal temperature", "ε", "annealTemperature")}
        {field("Anneal time", "τ₀", "annealTime", "100")}
      </div>
      <button
        type="button"
        disabled={density === undefined || liquidTemperature === undefined || annealTemperature === undefined}
        onClick={use}
      >
        Use these
      </button>
    </fieldset>
  );
}
