import { writeResults } from "@softfield/node";
import { SoftfieldError } from "softfield";
import type { TableColumn } from "softfield/formats";
import { checkOutputs } from "../../shell/outputs.ts";
import { type Params, required } from "../params.ts";
import type { Method } from "./method.ts";

/** What writes a client's own numbers. */
export const writeMethods = {
  /** A table of the columns `names`, each an array `column/NAME` or a list in `texts`: .parquet .h5 .tsv .csv. */
  write: async (params: Params) => {
    const file = required("file", params.text("file"));
    const names = required("names", params.texts("names"));
    const texts = params.within("texts");
    const force = params.flag("force");
    const columns = names.map((name): TableColumn => {
      const words = texts?.texts(name);
      const values = words ?? params.array(`column/${name}`)?.values;
      if (values instanceof Float64Array || values instanceof Int32Array || Array.isArray(values))
        return { name, values };
      throw new SoftfieldError("usage", `the column ${name} holds neither numbers nor words`, {
        field: name,
      });
    });
    texts?.complete();
    params.complete();
    await checkOutputs([file], { ...(force !== undefined && { force }) });
    await writeResults(file, { table: { columns } });
    return { value: { file, rows: columns[0]?.values.length ?? 0 }, arrays: {} };
  },
} satisfies Record<string, Method>;
