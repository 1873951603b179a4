import { deformMethods } from "./deform.ts";
import { engineMethods } from "./engine.ts";
import { featureMethods } from "./features.ts";
import { glassMethods } from "./glass.ts";
import { makeMethods } from "./make.ts";
import { matrixMethods } from "./matrix.ts";
import type { Method } from "./method.ts";
import { predictMethods } from "./predict.ts";
import { responseMethods } from "./response.ts";
import { softnessMethods } from "./softness.ts";
import { thermalMethods } from "./thermal.ts";
import { writeMethods } from "./write.ts";

/** What a client can ask for, by name (docs/python.md). */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...glassMethods,
    ...responseMethods,
    ...softnessMethods,
    ...featureMethods,
    ...deformMethods,
    ...predictMethods,
    ...thermalMethods,
    ...makeMethods,
    ...matrixMethods,
    ...engineMethods,
    ...writeMethods,
  }),
);
