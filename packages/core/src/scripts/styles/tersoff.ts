import { parseTersoffFile } from "../../models/index.ts";
import { scriptError } from "../commands.ts";
import { named, textOfFile } from "./elements.ts";
import { energyFactor } from "./parameters.ts";
import type { WholePlace, WholeStyle } from "./style.ts";

function tersoff([file]: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, elements, species } = place;
  if (elements.includes("NULL"))
    throw scriptError(command, "tersoff of some types only is not read: give every type an element");
  const text = textOfFile(place, file);
  const { entries } = parseTersoffFile(text, file);
  const factor = energyFactor(command, text, place.units);
  const keys = Object.keys(named(place, 3, () => 0));
  return {
    form: "tersoff",
    entries: Object.fromEntries(
      keys.map((key) => {
        const of = key.split(" ").map((name) => elements[species.indexOf(name)]);
        const found = entries[of.join(" ")];
        if (found === undefined)
          throw scriptError(
            command,
            `${file} has no entry ${of.join(" ")}; it has ${Object.keys(entries).slice(0, 8).join(", ")}`,
          );
        return [key, factor === 1 ? found : { ...found, A: factor * found.A, B: factor * found.B }];
      }),
    ),
  };
}

/** Files of triples of elements: m, γ, λ₃, c, d, cos θ₀, n, β, λ₂, B, R, D, λ₁, A. */
export const tersoffStyle: WholeStyle = { names: ["tersoff"], definition: tersoff };
