// What Nodes before 22.18 lack for the tests; preloaded in every process and thread that they start.
import { register } from "node:module";

// sources are started in processes and threads
if (!process.features.typescript) register("./typescript-hooks.mjs", import.meta.url);

// vitest's report of failures calls it
if (!("groupBy" in Map))
  Object.defineProperty(Map, "groupBy", {
    /**
     * @param {Iterable<unknown>} items
     * @param {(item: unknown) => unknown} keyOf
     */
    value: (items, keyOf) => {
      const groups = new Map();
      for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
      return groups;
    },
  });
