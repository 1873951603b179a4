import type { Plugin } from "vite";

/** The modules of zod that write JSON schemas of what it checks. */
const WRITERS = /zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/;

/**
 * The page checks models and writes no schema of them: what does is 8 kB of its first visit, and is left out. Each name that
 * these modules export makes a function that says so.
 */
export function noSchemasPlugin(): Plugin {
  return {
    name: "softfield-no-schemas",
    enforce: "pre",
    transform(code, id) {
      if (!WRITERS.test(id)) return undefined;
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      return [
        'const none = () => () => { throw new Error("no JSON schemas are made in the page"); };',
        ...names.map((name) => `export const ${name} = none;`),
      ].join("\n");
    },
  };
}
