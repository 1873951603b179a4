// Flips the signs of formulas one by one and sees that a test goes red: the derivatives of embedded atoms, bond orders,
// triples and pairs, the forms of Coulomb and Vashishta, truncations, and dE/de. A mutant is one file in which one +, −,
// += or −= (or a minus before a term) is the other one; the tests that are named beside the file run on it until one fails.
//
//   npx --no-install node --conditions=softfield-source validation/mutants.ts --out mutants.jsonl [--only NAME] [--part K/N]
//
// Runs for hours; what stands in the file is not run again. Survivors are printed at the end: each is either a sign that
// no test sees, or one that changes nothing (said in EQUIVALENT with its reason).
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseSync } from "vite";
import { createVitest } from "vitest/node";

const root = resolve(fileURLToPath(new URL("..", import.meta.url)));
const CORE = "packages/core/src/";

/** Files of formulas, and the tests that are to see them, quick ones first. */
const SUBJECTS: Readonly<Record<string, { files: readonly string[]; tests: readonly string[] }>> = {
  eam: {
    files: [
      "models/embedding.ts",
      "models/eam/gauge.ts",
      "interactions/embeddings-find.ts",
      "interactions/embeddings-sums.ts",
      "interactions/embeddings-functions.ts",
      "interactions/embeddings-spread.ts",
      "interactions/embeddings-rates.ts",
      "dynamics/terms/embeddings.ts",
    ],
    tests: [
      "interactions/families.test.ts",
      "response/embeddings.test.ts",
      "response/gauge.test.ts",
      "dynamics/embeddings.test.ts",
      "response/strainderivatives.test.ts",
    ],
  },
  tersoff: {
    files: [
      "models/bondorder.ts",
      "interactions/bondorders-find.ts",
      "interactions/bondorders-jets.ts",
      "interactions/bondorders-derivatives.ts",
      "interactions/bondorders-functions.ts",
      "interactions/bondorders-sums.ts",
      "interactions/bondorders-spread.ts",
      "dynamics/terms/bondorders.ts",
    ],
    tests: [
      "interactions/families.test.ts",
      "models/tersoff/file.test.ts",
      "response/bondorders.test.ts",
      "response/strainderivatives.test.ts",
    ],
  },
  triples: {
    files: [
      "models/threebody.ts",
      "models/forms/stillinger-weber.ts",
      "models/forms/vashishta.ts",
      "interactions/triples-find.ts",
      "interactions/triples-derivatives.ts",
      "interactions/triples-functions.ts",
      "interactions/triples-sums.ts",
      "interactions/triples-spread.ts",
      "interactions/triples-rates.ts",
    ],
    tests: [
      "models/threebody.test.ts",
      "interactions/triples.test.ts",
      "interactions/families.test.ts",
      "interactions/two-elements.test.ts",
      "response/threebody.test.ts",
      "response/published.test.ts",
      "models/presets.test.ts",
      "models/terms.test.ts",
      "response/strainderivatives.test.ts",
    ],
  },
  pairs: {
    files: [
      "interactions/pairs-sums.ts",
      "interactions/pairs-functions.ts",
      "interactions/pairs-spread.ts",
      "interactions/pairs-rates.ts",
    ],
    tests: [
      "interactions/families.test.ts",
      "interactions/mechanics.test.ts",
      "response/response.test.ts",
      "response/observable.test.ts",
      "response/strainderivatives.test.ts",
      "response/jumps.test.ts",
    ],
  },
  forms: {
    files: [
      "models/forms/coulomb.ts",
      "models/forms/buckingham.ts",
      "models/forms/born-mayer.ts",
      "models/forms/zbl.ts",
      "models/forms/morse.ts",
      "models/forms/yukawa.ts",
      "models/forms/lennard-jones.ts",
      "models/series.ts",
      "models/jets.ts",
    ],
    tests: [
      "models/terms.test.ts",
      "models/evaluate.test.ts",
      "models/sums.test.ts",
      "models/presets.test.ts",
      "response/published.test.ts",
    ],
  },
  truncations: {
    files: ["models/truncation.ts", "models/smoothing.ts", "models/jumps.ts", "models/warnings.ts"],
    tests: [
      "models/truncation.test.ts",
      "models/smoothing.test.ts",
      "models/terms.test.ts",
      "models/evaluate.test.ts",
      "models/parse.test.ts",
      "models/sums.test.ts",
      "models/presets.test.ts",
      "response/jumps.test.ts",
    ],
  },
  derivative: {
    files: [
      "response/strainderivatives.ts",
      "response/straining.ts",
      "response/response.ts",
      "response/jumps.ts",
    ],
    tests: ["response/strainderivatives.test.ts", "response/response.test.ts", "response/jumps.test.ts"],
  },
};

/** Mutants that change nothing, by file and code: why. */
const EQUIVALENT: readonly { readonly file: string; readonly code: string; readonly why: string }[] = [];

interface Mutant {
  readonly subject: string;
  readonly file: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly put: string;
  /** The line before and after. */
  readonly code: string;
  readonly changed: string;
}

interface Outcome extends Mutant {
  readonly killedBy?: string | undefined;
}

/** A node of the syntax tree (ESTree). */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** All sign flips of a file but those of places in arrays, sizes and messages. */
function mutantsOf(subject: string, file: string): Mutant[] {
  const text = readFileSync(join(root, CORE, file), "utf8");
  const program = parseSync(file, text).program as unknown as Node;
  const places = placeNames(program);
  const found: Mutant[] = [];
  const flip = (from: number, to: number, put: string) => {
    const start = text.lastIndexOf("\n", from - 1) + 1;
    const code = text.slice(start).split("\n")[0];
    const changed = code.slice(0, from - start) + put + code.slice(to - start);
    const line = text.slice(0, from).split("\n").length;
    found.push({ subject, file, line, from, to, put, code: code.trim(), changed: changed.trim() });
  };
  const visit = (node: Node): void => {
    if (WITHOUT.has(node.type)) return;
    if (node.type === "BinaryExpression" || node.type === "AssignmentExpression") {
      const [left, right] = [node.left, node.right] as [Node, Node];
      const other = OTHER[node.operator as string];
      const from = left.end + text.slice(left.end, right.start).indexOf(node.operator as string);
      if (other !== undefined && ![left, right].some(isText))
        flip(from, from + (node.operator as string).length, other);
    }
    const argument = node.argument as Node | undefined;
    if (node.type === "UnaryExpression" && node.operator === "-" && argument!.type !== "Literal")
      flip(node.start, argument!.start, "");
    if (node.type === "VariableDeclarator" && namesOf(node.id as Node).every((name) => places.has(name)))
      return;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return found;
}

const OTHER: Readonly<Record<string, string>> = { "+": "-", "-": "+", "+=": "-=", "-=": "+=" };
/** Nodes that hold no physics: sizes of arrays, messages. */
const WITHOUT = new Set(["ImportDeclaration", "ThrowStatement", "TemplateLiteral", "NewExpression"]);
/** Calls whose arguments are places or sizes. */
const PLACING = /^(subarray|slice|fill|set|substring|at|padEnd|alloc\w*)$/;

/** The nodes within, but for those that are places in arrays, or the head of a loop. */
function childrenOf(node: Node): Node[] {
  const fields = Object.entries(node).filter(
    ([field]) => !/type|annotation|parameters|^parent$/i.test(field) || field === "params",
  );
  const skipped = (field: string) =>
    (node.type === "MemberExpression" && field === "property") ||
    (node.type === "ForStatement" && field !== "body") ||
    (field === "arguments" && isPlacing(node));
  return fields.flatMap(([field, value]) => (skipped(field) ? [] : nodesIn(value)));
}

function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === "object" && value !== null && "type" in value && "start" in value
    ? [value as Node]
    : [];
}

function isPlacing({ type, callee }: Node): boolean {
  if (type !== "CallExpression") return false;
  const { property } = callee as Node;
  return PLACING.test(String((property as Node | undefined)?.name ?? ""));
}

/** Identifiers that arrays are indexed by, and those that they are made of. */
function placeNames(program: Node): Set<string> {
  const names = new Set<string>();
  const within = (node: Node): void => {
    if (node.type === "Identifier") names.add(node.name as string);
    for (const value of Object.values(node)) nodesIn(value).forEach(within);
  };
  const visit = (node: Node): void => {
    if (node.type === "MemberExpression" && node.computed === true) within(node.property as Node);
    if (isPlacing(node)) nodesIn(node.arguments).forEach(within);
    for (const value of Object.values(node)) nodesIn(value).forEach(visit);
  };
  visit(program);
  return names;
}

/** The names that a declaration binds. */
function namesOf(pattern: Node): string[] {
  if (pattern.type === "Identifier") return [pattern.name as string];
  return nodesIn(pattern.elements ?? pattern.properties).flatMap((part) =>
    namesOf((part.value as Node | undefined) ?? part),
  );
}

function isText(node: Node): boolean {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    only: { type: "string" },
    part: { type: "string", default: "0/1" },
    list: { type: "boolean", default: false },
    minutes: { type: "string", default: "600" },
  },
});
const all = Object.entries(SUBJECTS)
  .filter(([subject]) => options.only === undefined || options.only.split(",").includes(subject))
  .flatMap(([subject, { files }]) => files.flatMap((file) => mutantsOf(subject, file)));
const equivalent = (mutant: Mutant) =>
  EQUIVALENT.some(({ file, code }) => file === mutant.file && code === mutant.changed);
if (options.list) {
  for (const { file, line, changed } of all) process.stdout.write(`${file}:${line} ${changed}\n`);
  process.stdout.write(`${all.length} mutants\n`);
  process.exit();
}

/** What the tests of the core need. */
const SOURCES = [
  ...["packages", "testing", "scripts", "package.json"],
  ...["vitest.config.ts", "vitest.setup.ts", "tsconfig.json", "tsconfig.base.json", "tsconfig.tests.json"],
];
/** A copy of it, whose files are changed. */
const copy = mkdtempSync(join(tmpdir(), "softfield-mutants-"));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
for (const name of SOURCES) {
  const kept = (path: string) => !/\/(dist|node_modules)$/.test(path);
  cpSync(join(root, name), join(copy, name), { recursive: true, filter: kept });
}
for (const name of ["node_modules", "examples"]) symlinkSync(join(root, name), join(copy, name));

const vitest = await createVitest("test", {
  ...{ root: copy, watch: false, reporters: [{}], maxWorkers: 1, testTimeout: 300_000, hookTimeout: 300_000 },
  // a cache of transformed files by their names has served the file of the mutant before
  ...{ bail: 1, fsModuleCache: false },
});

/** Whether a test file is red. */
async function isRed(test: string): Promise<boolean> {
  const specifications = await vitest.globTestSpecifications([join(copy, CORE, test)]);
  if (specifications.length === 0) throw new Error(`no test file ${test}`);
  const { testModules } = await vitest.runTestSpecifications(specifications);
  return testModules.some((module) => !module.ok());
}

/** What is known of a test file: seconds of a green run, and its kills and tries on the mutants of each file. */
interface Known {
  readonly seconds: number;
  readonly tried: Map<string, { kills: number; tries: number }>;
}

const known = new Map<string, Known>();

/** Tests in the order of seconds per kill, by what they did to other mutants of the file; those never run are run first, without a mutant. */
async function ordered(tests: readonly string[], file: string): Promise<readonly string[]> {
  const price: { test: string; cost: number }[] = [];
  for (const test of tests) {
    let own = known.get(test);
    if (!own) {
      const from = Date.now();
      if (await isRed(test)) throw new Error(`${test} is red without a mutant`);
      own = { seconds: (Date.now() - from) / 1000, tried: new Map() };
      known.set(test, own);
    }
    const { kills, tries } = own.tried.get(file) ?? { kills: 0, tries: 0 };
    price.push({ test, cost: (own.seconds * (tries + 1)) / (kills + 0.5) });
  }
  return price.sort((a, b) => a.cost - b.cost).map(({ test }) => test);
}

/** The first test file that fails on a mutant. */
async function redTest(order: readonly string[], file: string): Promise<string | undefined> {
  for (const test of order) {
    const { tried } = known.get(test) as Known;
    const { kills, tries } = tried.get(file) ?? { kills: 0, tries: 0 };
    const red = await isRed(test);
    tried.set(file, { kills: kills + Number(red), tries: tries + 1 });
    if (red) return test;
  }
  return undefined;
}

const [part, parts] = options.part.split("/").map(Number);
const done = new Map<string, Outcome>();
const key = ({ file, code, changed, line }: Mutant) => JSON.stringify([file, line, code, changed]);
if (options.out !== undefined && existsSync(options.out)) {
  for (const line of readFileSync(options.out, "utf8").split("\n").filter(Boolean)) {
    const outcome = JSON.parse(line) as Outcome;
    done.set(key(outcome), outcome);
  }
}
/** The mutant that stands in the copy. */
let current: Mutant | undefined;

function setMutant(next: Mutant | undefined): void {
  for (const mutant of [current, next]) {
    if (mutant === undefined) continue;
    const text = readFileSync(join(root, CORE, mutant.file), "utf8");
    const path = join(copy, CORE, mutant.file);
    const changed = mutant === next ? text.slice(0, mutant.from) + mutant.put + text.slice(mutant.to) : text;
    writeFileSync(path, changed);
    vitest.invalidateFile(path);
  }
  current = next;
}

/** After so many mutants what killed the last one is run without it: what is red by itself shows nothing. */
const CONTROL = 20;
let count = 0;
const end = Date.now() + 60_000 * Number(options.minutes);
// in an order that makes what is done of a run that was stopped a fair sample
const digest = (mutant: Mutant) => createHash("sha256").update(key(mutant)).digest("hex");
const ours = all
  .map((mutant) => ({ mutant, place: digest(mutant) }))
  .sort((a, b) => (a.place < b.place ? -1 : 1))
  .map(({ mutant }) => mutant)
  .filter((_, k) => k % parts === part);
for (const mutant of ours) {
  if (done.has(key(mutant)) || equivalent(mutant)) continue;
  if (Date.now() > end) break;
  const order = await ordered(SUBJECTS[mutant.subject].tests, mutant.file);
  setMutant(mutant);
  const killedBy = await redTest(order, mutant.file);
  setMutant(undefined);
  if (++count % CONTROL === 0 && killedBy !== undefined && (await isRed(killedBy)))
    throw new Error(`${killedBy} is red without a mutant`);
  const outcome: Outcome = { ...mutant, killedBy };
  done.set(key(mutant), outcome);
  if (options.out !== undefined) appendFileSync(options.out, `${JSON.stringify(outcome)}\n`);
  process.stdout.write(`${killedBy ?? "SURVIVES"} ${mutant.file}:${mutant.line} ${mutant.changed}\n`);
}
await vitest.close();
for (const subject of Object.keys(SUBJECTS)) {
  const own = all.filter((mutant) => mutant.subject === subject);
  const tried = own.flatMap((mutant) => done.get(key(mutant)) ?? []);
  const survivors = tried.filter(({ killedBy }) => killedBy === undefined);
  if (own.length === 0) continue;
  process.stdout.write(
    `${subject}: ${own.length} mutants, ${tried.length} tried, ${tried.length - survivors.length} killed, ${own.filter(equivalent).length} equivalent\n`,
  );
  for (const { file, line, changed } of survivors)
    process.stdout.write(`  survives ${file}:${line} ${changed}\n`);
}
