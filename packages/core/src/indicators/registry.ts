import { NamedRegistry } from "../named.ts";
import { BUILT_IN } from "./builtin.ts";
import type { Indicator } from "./indicator.ts";

/** The indicators by name. */
export type IndicatorRegistry = NamedRegistry<Indicator>;

/** What softness is read from: built in, and whatever is added. */
export const indicators: IndicatorRegistry = new NamedRegistry("indicator", BUILT_IN);
