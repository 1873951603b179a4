import { basePart, registryOf } from "@softfield/campaign";
import { reproductionPart } from "@softfield/reproduction";

/** What campaigns of the command can do. */
export const registry = registryOf(basePart, reproductionPart);
