import { part as benchmark } from "@softfield/benchmark";
import { part as base, registryOf } from "@softfield/campaign";
import { part as reproduction } from "@softfield/reproduction";

/** What campaigns of the command can do. */
export const registry = registryOf(base, reproduction, benchmark);
