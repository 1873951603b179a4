import type { Plugin } from "vite";

const NAME = "virtual:softfield-worker";
const RESOLVED = `\0${NAME}`;
const ENTRY = "/src/engine/worker.ts";

/**
 * The address of the worker's script, as a module. In a build the worker is an entry of the same bundle as the page, so
 * that the library, which both need, is sent once; by itself a bundler gives each worker a copy of its own.
 */
export function workerChunkPlugin(): Plugin {
  let reference: string | undefined;
  let root = "";
  return {
    name: "softfield-worker-chunk",
    configResolved(config) {
      root = config.root;
    },
    buildStart() {
      reference =
        this.environment.mode === "build"
          ? this.emitFile({ type: "chunk", id: `${root}${ENTRY}`, name: "worker" })
          : undefined;
    },
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) => {
      if (id !== RESOLVED) return undefined;
      return `export default ${reference === undefined ? JSON.stringify(ENTRY) : `import.meta.ROLLUP_FILE_URL_${reference}`};`;
    },
  };
}
