import type { System, Table } from "softfield";
import { component } from "softfield/internal";
import { inFileBox } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";

/** Who the rows of a table of particles are: number, id, type and place in the file's box. */
export function placeColumns(configuration: Configuration, system: System): Table["columns"] {
  const { ids } = configuration;
  const { species, box, positions } = system;
  const d = box.dimension;
  const boxed = inFileBox(configuration, positions);
  return [
    {
      name: "particle",
      values: Int32Array.from(species.keys()),
      description: "zero-based; by id where the file has ids, else by line",
    },
    ...(ids ? [{ name: "id", values: ids, description: "of the file" }] : []),
    {
      name: "type",
      values: species.map((s) => s + 1),
      description: "number of the species in the model, from 1",
    },
    ...Array.from("xyz".slice(0, d), (axis, a) => ({
      name: axis,
      values: component(boxed, d, a),
      unit: "λ",
      description: "in the file's box",
    })),
  ];
}
