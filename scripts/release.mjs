// Checks all that a release needs, and packs it: `npm run release`. Publishes nothing: it ends with the commands that do.
// `--offline` takes what the package depends on from this checkout instead of the registry (the tests do so).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pack, root } from "./package.mjs";

const offline = process.argv.includes("--offline");
const folder = join(root, "out", offline ? "release-offline" : "release");
const user = join(folder, "user");
const glass = join(root, "examples", "reference", "2dipl_400.extxyz");
const faults = [];

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), "utf8");

/** Notes a fault where something does not hold. */
function check(holds, words) {
  if (!holds) faults.push(words);
}

/** Runs a program in the user's folder; what it says, or a fault. */
function run(command, args, { expected = /(?:)/, environment = process.env } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: user,
    encoding: "utf8",
    env: environment,
    shell: process.platform === "win32",
  });
  const said = [command === process.execPath ? "node" : command, ...args].join(" ");
  check(status === 0, `'${said}' failed:\n${stdout}${stderr}`);
  check(status !== 0 || expected.test(stdout), `'${said}' does not say ${expected}:\n${stdout}`);
  return stdout;
}

const { version } = JSON.parse(read("package.json"));

function checkVersions() {
  for (const name of readdirSync(join(root, "packages"))) {
    const manifest = JSON.parse(read(join("packages", name, "package.json")));
    check(manifest.version === version, `packages/${name} has version ${manifest.version}, not ${version}`);
    for (const [other, wanted] of Object.entries(manifest.dependencies ?? {}))
      if (/^(softfield$|@softfield\/)/.test(other))
        check(wanted === version, `packages/${name} depends on ${other} ${wanted}, not ${version}`);
  }
  check(
    read("CITATION.cff").includes(`\nversion: ${version}\n`),
    `CITATION.cff does not cite version ${version}`,
  );
  const [newest, before] = Array.from(read("CHANGELOG.md").matchAll(/^## (\S+)/gm), ([, name]) => name);
  // between two releases changes are gathered under "Unreleased"
  const told = offline && newest === "Unreleased" ? before : newest;
  check(told === version, `CHANGELOG.md begins with ${told}, not ${version}`);
}

/** @param {readonly string[]} files */
function checkFiles(files) {
  const manifest = JSON.parse(readFileSync(join(folder, "softfield", "package.json"), "utf8"));
  const exported = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  const needed = ["README.md", "LICENSE", "CHANGELOG.md", manifest.bin.softfield, ...exported];
  for (const file of needed.map((path) => path.replace("./", "")))
    check(files.includes(file), `the package lacks ${file}`);
  const foreign = files.filter((file) => /\.test\.|\.map$|\btest\//.test(file) || /(?<!\.d)\.ts$/.test(file));
  check(foreign.length === 0, `the package holds ${foreign.join(", ")}`);
}

/** Installs the tarball as a user does. */
function install(tarball) {
  rmSync(user, { recursive: true, force: true });
  mkdirSync(join(user, "node_modules", "softfield"), { recursive: true });
  writeFileSync(join(user, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  if (offline) run("tar", ["-xzf", tarball, "-C", join("node_modules", "softfield"), "--strip-components=1"]);
  else run("npm", ["install", "--no-audit", "--no-fund", tarball]);
}

function tryCommand() {
  const installed = JSON.parse(readFileSync(join(user, "node_modules", "softfield", "package.json"), "utf8"));
  const bin = join("node_modules", "softfield", installed.bin.softfield);
  const softfield = (args, expected) => run(process.execPath, [bin, ...args], { expected });
  softfield(["--version"], new RegExp(`^${version}\\n$`));
  const tables = ["tsv", "parquet", "h5", "extxyz"].flatMap((ending) => ["-o", `lte.${ending}`]);
  softfield(["lte", glass, "--model", "2dipl", ...tables, "--map", "lte.png"], /sum rule/);
  softfield(["make", "--model", "2dipl", "-n", "300", "--seeds", "1,2", "--out-dir", ".", "--threads", "2"]);
  softfield(["shear", "2dipl_n300_s1.extxyz", "--model", "2dipl", "-n", "1", "-o", "events.json"], /event 1/);
  softfield(["init", "-n", "300", "--seeds", "1,2"]);
  softfield(["run", "campaign.yaml", "--threads", "2", "--quiet"]);
  softfield(["query", "campaign.yaml", "select count(*) as events from events", "--format", "csv"], /\b10\b/);
  softfield(
    ["info", join("node_modules", "softfield", "examples", "glasses", "2dipl_10000.extxyz.gz")],
    /10000/,
  );
  tryPlugin(softfield);
}

/**
 * A plug-in that imports the library by its name gets the one that the command works with, registries and all; its form
 * serves a model, on threads of a campaign, too.
 */
function tryPlugin(softfield) {
  const lines = [
    'import { indicators } from "softfield";',
    'if (!indicators.names.includes("lte")) throw new Error("no registry");',
    "export default ({ indicators: given }) => {",
    '  if (given !== indicators) throw new Error("two libraries");',
    '  return { forms: [{ name: "power", formula: "φ = ε x⁻¹⁰", phi: (x) => x.power(-10) }] };',
    "};",
  ];
  writeFileSync(join(user, "plugin.mjs"), lines.join("\n"));
  softfield(["models", "--plugin", "plugin.mjs"], /2dipl/);
  const { exponent: _, ...twoDipl } = JSON.parse(softfield(["models", "2dipl"]));
  writeFileSync(join(user, "power.json"), JSON.stringify({ ...twoDipl, name: "power", form: "power" }));
  softfield(["lte", glass, "--model", "power.json", "--plugin", "plugin.mjs"], /\b1291\b/);
  const campaign = {
    ...{ name: "plugged", plugins: ["plugin.mjs"], compute: { lte: {} } },
    ensembles: {
      own: {
        ...{ model: "power.json", particles: 100, seeds: "1,2" },
        protocol: { kind: "instantaneous", liquidTime: 0.1 },
      },
    },
  };
  writeFileSync(join(user, "plugged.json"), JSON.stringify(campaign));
  softfield(["run", "plugged.json", "--threads", "2"], /2 of 2 samples are there/);
}

/** The Python package speaks to the installed command, where there is a Python with NumPy. */
function tryPython() {
  const environment = {
    ...process.env,
    PYTHONPATH: join(root, "python"),
    PYTHONDONTWRITEBYTECODE: "1",
    SOFTFIELD: `${process.execPath} ${join(user, "node_modules", "softfield", "packages", "cli", "bin", "softfield.js")}`,
  };
  const python = ["python3", "/usr/bin/python3", "python"].find(
    (name) => spawnSync(name, ["-c", "import numpy"]).status === 0,
  );
  if (python === undefined) return "not tried: Python (there is none with NumPy)";
  run(
    python,
    ["-c", `import softfield; print(len(softfield.lte(${JSON.stringify(glass)}, "2dipl").bonds))`],
    {
      expected: /^1291\n$/,
      environment,
    },
  );
  return "";
}

/** The README's example, with what it leaves to the reader put in front; types and run. */
function tryLibrary() {
  const example = /```ts\n(import [\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
  check(example.includes('from "softfield"'), "README.md has no example of the library");
  const read400 = `import { readFileSync } from "node:fs";\nconst bytes = readFileSync(${JSON.stringify(glass)});\n`;
  writeFileSync(join(user, "library.mts"), `${read400}${example}`);
  writeFileSync(
    join(user, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        ...{ module: "nodenext", target: "es2023", strict: true, outDir: "built", types: ["node"] },
        typeRoots: [join(root, "node_modules", "@types")],
      },
      files: ["library.mts"],
    }),
  );
  run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "."]);
  run(process.execPath, [join("built", "library.mjs")], { expected: /^1291 bonds\n$/ });
}

checkVersions();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { tarball, files } = pack(folder);
checkFiles(files);
install(tarball);
let untried = "";
if (faults.length === 0) {
  tryCommand();
  tryLibrary();
  untried = tryPython();
}
if (faults.length > 0) {
  process.stderr.write(`release: not ready\n${faults.map((words) => `- ${words}\n`).join("")}`);
  process.exit(1);
}
const bytes = readFileSync(tarball);
const kilobytes = (size) => `${Math.round(size / 1000)} kB`;
process.stdout.write(
  `softfield ${version} is ready: ${tarball}\n` +
    `${files.length} files, ${kilobytes(bytes.length)}, unpacked ${kilobytes(gunzipSync(bytes).length)}, ` +
    `SHA-256 ${createHash("sha256").update(bytes).digest("hex")}\n` +
    `${untried === "" ? "" : `${untried}\n`}To publish: git tag v${version} && git push --tags && npm publish ${basename(tarball)}\n`,
);
