// JavaScript of every package to its dist/: a few files instead of one a module, since a command's start is mostly
// the finding and reading of modules. Packages keep importing each other and others by name: whoever imports `softfield`
// shares one instance with the command. (Types are tsc's.)
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const packages = join(dirname(fileURLToPath(import.meta.url)), "..", "packages");

/** What is started by its path, beside what a package exports. */
const STARTED = {
  campaign: ["run/worker"],
  node: ["teamworker"],
  cli: [
    "main",
    "make/make-worker",
    "serve/serve-worker",
    "shear/shear-worker",
    "propensity/propensity-worker",
  ],
};

/** What is imported by name, not by a path. */
const INSTALLED = /^(?![./]|[A-Za-z]:)/;

for (const name of readdirSync(packages)) {
  const { exports = {}, private: own } = JSON.parse(
    readFileSync(join(packages, name, "package.json"), "utf8"),
  );
  if (!own) await bundle(name, [...Object.values(exports).flatMap(moduleOf), ...(STARTED[name] ?? [])]);
}

/** The module that an entry of "exports" is built of: "./dist/entries/sparse.js" of "entries/sparse". */
function moduleOf(entry) {
  return /^\.\/dist\/(.*)\.js$/.exec(entry.default ?? "")?.[1] ?? [];
}

/**
 * One package. All chunks lie in dist/ itself: what a module finds beside it, it finds by names that hold in src/ and in
 * dist/ (a worker in its folder, files by a module at the top).
 */
async function bundle(name, modules) {
  const folder = join(packages, name);
  const dist = join(folder, "dist");
  const started = new Set(STARTED[name]);
  const input = Object.fromEntries(
    modules.map((path) => [
      started.has(path) ? path.replace(/^.*\//, "") : path,
      join(folder, "src", `${path}.ts`),
    ]),
  );
  const build = await rolldown({
    input,
    cwd: folder,
    platform: "node",
    external: INSTALLED,
    tsconfig: false,
  });
  const { output } = await build.write({ dir: dist, sourcemap: true, chunkFileNames: "[name]-[hash].js" });
  await build.close();
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const entry of readdirSync(dist, { recursive: true }))
    if (/\.js(\.map)?$/.test(entry) && !written.has(entry.replaceAll("\\", "/"))) rmSync(join(dist, entry));
}
