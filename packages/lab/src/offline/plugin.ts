import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** What is copied to the build as it is. */
const PUBLIC = ["icon.svg", "manifest.webmanifest", "glass-light.webp", "glass-dark.webp"];
const SOURCE = new URL("worker.js", import.meta.url);

/**
 * Adds the service worker to a build, with the list of everything the build consists of: after the first visit
 * the page opens without a network. Its name never changes, its content does with every change of the build.
 */
export function offlinePlugin(): Plugin {
  return {
    name: "softfield-offline",
    apply: "build",
    enforce: "post",
    transformIndexHtml(page) {
      // Cards are shown by other sites, which need a whole address: that of the build, where it is told.
      const address = process.env.LAB_ADDRESS?.replace(/\/?$/, "/");
      return address ? page.replace('content="./card.jpg"', `content="${address}card.jpg"`) : page;
    },
    generateBundle(_, bundle) {
      const hash = createHash("sha256");
      for (const [name, output] of Object.entries(bundle).sort(([a], [b]) => a.localeCompare(b))) {
        hash.update(name).update(output.type === "chunk" ? output.code : output.source);
      }
      // The large example comes, and stays, when it is first asked for.
      const kept = Object.keys(bundle).filter((name) => name !== "index.html" && !name.endsWith(".gz"));
      const files = ["./", ...PUBLIC, ...kept];
      const source = readFileSync(SOURCE, "utf8")
        .replace("__VERSION__", hash.digest("hex").slice(0, 16))
        .replace('"__FILES__"', JSON.stringify(files));
      this.emitFile({ type: "asset", fileName: "offline.js", source });
    },
  };
}
