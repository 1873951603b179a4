import { z } from "zod";
import { builtInForms } from "./forms/registry.ts";

/** The JSON Schema (draft 2020-12) of model files, as published in `model.schema.json`: of softfield's own forms. */
export function modelJsonSchema(): object {
  const [first, ...others] = builtInForms.map(({ schema }) => schema);
  const { $schema, ...schema } = z.toJSONSchema(z.discriminatedUnion("form", [first, ...others]), {
    io: "input",
    reused: "ref",
  });
  return { $schema, title: "softfield pair model", ...schema };
}
