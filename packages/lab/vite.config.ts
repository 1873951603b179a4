import { readFileSync } from "node:fs";
import { defineConfig } from "vite";
import { noSchemasPlugin } from "./src/offline/noschemas.ts";
import { offlinePlugin } from "./src/offline/plugin.ts";
import { workerChunkPlugin } from "./src/offline/workerchunk.ts";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  version: string;
};

export default defineConfig({
  // Relative addresses: the build works in any folder of any web server.
  base: "./",
  resolve: { conditions: ["softfield-source", "module", "browser", "development|production"] },
  define: { __SOFTFIELD_VERSION__: JSON.stringify(version) },
  worker: { format: "es" },
  build: {
    target: "es2023",
    outDir: "dist/site",
    chunkSizeWarningLimit: 800,
    // What it adds to imports needs a document, which workers, a part of this bundle, do not have.
    modulePreload: false,
  },
  plugins: [noSchemasPlugin(), workerChunkPlugin(), offlinePlugin()],
});
