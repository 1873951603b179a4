// The one package `softfield`, library and command, out of the workspaces: `npm run package [FOLDER]` writes its tarball
// to out/release/ or FOLDER. The workspaces keep their places, packages/NAME; what they import of each other becomes a
// relative path, so that the package works wherever it is unpacked and needs only what package.json names.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What goes into the package: every workspace that is not private. */
const workspaces = readdirSync(join(root, "packages"))
  .map((folder) => ({ folder, manifest: readJson(join(root, "packages", folder, "package.json")) }))
  .filter(({ manifest }) => !manifest.private);

/** Beside the workspaces, from the top of the repository. */
const FILES = ["README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "examples/glasses"];

/** Workspaces that users import by a path of their own: softfield/figures. */
const DOORS = ["figures", "campaign", "reproduction", "benchmark"];

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Writes the package's files to a folder, which is emptied before, and returns its package.json. */
export function stage(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const file of FILES) cpSync(join(root, file), join(folder, file), { recursive: true });
  for (const { folder: name, manifest } of workspaces) {
    const to = join(folder, "packages", name);
    for (const part of [...manifest.files, "bin"].filter((file) =>
      existsSync(join(root, "packages", name, file)),
    ))
      cpSync(join(root, "packages", name, part), join(to, part), { recursive: true, filter: shipped });
    writeJson(join(to, "package.json"), {
      name: manifest.name,
      version: manifest.version,
      type: "module",
      ...(manifest.sideEffects !== undefined && { sideEffects: manifest.sideEffects }),
      private: true,
    });
  }
  for (const file of readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))))
    if (/\.(js|d\.ts)$/.test(file)) writeFileSync(file, rewired(file, folder));
  const manifest = packageJson();
  writeJson(join(folder, "package.json"), manifest);
  return manifest;
}

/**
 * Whether a file of a workspace is part of the package: no source maps, and nothing that an older build left.
 * @param {string} file
 */
function shipped(file) {
  if (/\.(map|tsbuildinfo)$/.test(file)) return false;
  if (!/[\\/]dist[\\/].*\.d\.ts$/.test(file)) return true;
  return existsSync(file.replace(/[\\/]dist[\\/]/, "/src/").replace(/\.d\.ts$/, ".ts"));
}

/** A file's text with the imports of workspaces as paths, and without the name of its source map. */
function rewired(file, folder) {
  return readFileSync(file, "utf8")
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")
    .replace(
      /(\bfrom\s*|\bimport\s*\(?\s*)"(softfield|@softfield\/[a-z-]+)(\/[\w.-]+)?"/g,
      (_, keyword, name, path = "") => {
        const target = targetOf(name, path);
        const to = relative(dirname(file), join(folder, target)).replaceAll("\\", "/");
        return `${keyword}"${to.startsWith(".") ? to : `./${to}`}"`;
      },
    );
}

/** The file of the package that an import of a workspace means. */
function targetOf(name, path) {
  const found = workspaces.find(({ manifest }) => manifest.name === name);
  const target = found?.manifest.exports[`.${path}`]?.default;
  if (target === undefined)
    throw new Error(`${name}${path} is imported, but no workspace of the package has it`);
  return join("packages", found.folder, target);
}

function packageJson() {
  const house = readJson(join(root, "package.json"));
  const core = workspaces.find(({ manifest }) => manifest.name === "softfield").manifest;
  const internal = new Set(workspaces.map(({ manifest }) => manifest.name));
  const dependencies = workspaces
    .flatMap(({ manifest }) => Object.entries(manifest.dependencies ?? {}))
    .filter(([name]) => !internal.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const doors = workspaces.flatMap(({ folder, manifest }) => [
    ...(DOORS.includes(folder) ? [[`./${folder}`, published(folder, manifest.exports["."])]] : []),
    ...Object.entries(manifest.exports ?? {})
      .filter(([path]) => (manifest === core && path !== "./internal") || path.endsWith(".json"))
      .map(([path, entry]) => [path, published(folder, entry)]),
  ]);
  return {
    name: "softfield",
    version: core.version,
    description: house.description,
    license: house.license,
    keywords: ["glass", "amorphous", "plasticity", "soft-spots", "molecular-dynamics", "physics"],
    type: "module",
    engines: house.engines,
    sideEffects: false,
    bin: { softfield: "packages/cli/bin/softfield.js" },
    exports: Object.fromEntries([
      ...doors.sort(([a], [b]) => (a < b ? -1 : 1)),
      ["./package.json", "./package.json"],
    ]),
    dependencies: Object.fromEntries(dependencies),
  };
}

/** An entry of a workspace's exports as one of the package's: the sources stay at home. */
function published(folder, entry) {
  const at = (path) => `./packages/${folder}/${path.replace("./", "")}`;
  return typeof entry === "string" ? at(entry) : { types: at(entry.types), default: at(entry.default) };
}

function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Stages the package and packs it; returns the tarball's path and the list of its files. */
export function pack(folder) {
  const staged = join(folder, "softfield");
  stage(staged);
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    {
      cwd: staged,
      encoding: "utf8",
      shell: process.platform === "win32",
    },
  );
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const said = JSON.parse(stdout);
  const [{ filename, files }] = Array.isArray(said) ? said : Object.values(said);
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const { tarball, files } = pack(resolve(argv[2] ?? join(root, "out", "release")));
  process.stdout.write(`${relative("", tarball)}: ${files.length} files\n`);
}
