import { NamedRegistry } from "../../named.ts";
import type { Load } from "./load.ts";
import { pure, simple } from "./shears.ts";
import { compression, tension } from "./uniaxial.ts";

/** How glasses are deformed: built in, and whatever is added. */
export const loads = new NamedRegistry<Load>("load", [simple, pure, tension, compression]);
