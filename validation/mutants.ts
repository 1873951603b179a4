// Flips the signs of formulas one by one and sees that a test goes red: the derivatives of embedded atoms, bond orders,
// triples and pairs, the forms of Coulomb and Vashishta, truncations, and dE/de. A mutant is one +, −, += or −= (or a minus
// before a term) that is the other one; the tests that are named beside the file run on it until one fails.
//
//   npx --no-install node --conditions=softfield-source validation/mutants.ts --out mutants.jsonl [--only NAME]
//
// All signs are factors of the sources that the tests load, 1 or −1, and each test is run with all signs flipped in turn that
// it comes by (`mutantrunner.ts`); those that survive it, with tests begun anew from the modules on. What stands in the file is
// not run again. Survivors are printed at the end: each is either a sign that no test sees, or one that changes nothing (said
// in EQUIVALENT with its reason).
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseSync } from "vite";
import { createVitest } from "vitest/node";
import { EQUIVALENT, SUBJECTS } from "./mutantsubjects.ts";

const root = resolve(fileURLToPath(new URL("..", import.meta.url)));
const CORE = "packages/core/src/";

interface Mutant {
  readonly subject: string;
  readonly file: string;
  readonly line: number;
  /** Where the sign ends, and what it is the sign of. */
  readonly to: number;
  readonly end: number;
  /** The sign in its place. */
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
  const flip = (from: number, to: number, put: string, end: number) => {
    const start = text.lastIndexOf("\n", from - 1) + 1;
    const code = text.slice(start).split("\n")[0];
    const changed = code.slice(0, from - start) + put + code.slice(to - start);
    const line = text.slice(0, from).split("\n").length;
    found.push({ subject, file, line, to, end, put, code: code.trim(), changed: changed.trim() });
  };
  const visit = (node: Node): void => {
    if (WITHOUT.has(node.type)) return;
    if (node.type === "BinaryExpression" || node.type === "AssignmentExpression") {
      const [left, right] = [node.left, node.right] as [Node, Node];
      const other = OTHER[node.operator as string];
      const from = left.end + text.slice(left.end, right.start).indexOf(node.operator as string);
      if (other !== undefined && ![left, right].some(isText))
        flip(from, from + (node.operator as string).length, other, right.end);
    }
    const argument = node.argument as Node | undefined;
    if (node.type === "UnaryExpression" && node.operator === "-" && argument!.type !== "Literal")
      flip(node.start, argument!.start, "", argument!.end);
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
    list: { type: "boolean", default: false },
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

const key = ({ file, line, changed }: Mutant) => JSON.stringify([file, line, changed]);
const done = new Map<string, Outcome>();
if (options.out !== undefined && existsSync(options.out)) {
  for (const line of readFileSync(options.out, "utf8").split("\n").filter(Boolean)) {
    const outcome = JSON.parse(line) as Outcome;
    done.set(key(outcome), outcome);
  }
}

function settle(k: number, killedBy: string | undefined): void {
  const outcome: Outcome = { ...all[k], killedBy };
  done.set(key(outcome), outcome);
  if (options.out !== undefined) appendFileSync(options.out, `${JSON.stringify(outcome)}\n`);
  const { file, line, changed } = outcome;
  process.stdout.write(`${killedBy ?? "SURVIVES"} ${file}:${line} ${changed}\n`);
}

/** A source with its signs as factors: a − b is a − mutantSign(k)*(b), −x is −(mutantSign(k)*(x)). */
function signed(file: string, text: string): string {
  const put: { at: number; text: string }[] = [];
  all.forEach((mutant, k) => {
    if (mutant.file !== file) return;
    const unary = mutant.put === "";
    put.push({ at: mutant.to, text: unary ? `(mutantSign(${k})*(` : ` mutantSign(${k})*(` });
    put.push({ at: mutant.end, text: unary ? "))" : ")" });
  });
  // what ends at a place before what begins there; of two that end, their order does not matter
  put.sort((a, b) => a.at - b.at || Number(b.text[0] === ")") - Number(a.text[0] === ")"));
  let [made, from] = ["", 0];
  for (const { at, text: more } of put) {
    made += text.slice(from, at) + more;
    from = at;
  }
  return made + text.slice(from);
}

const folder = mkdtempSync(join(tmpdir(), "softfield-mutants-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const [request, killed] = [join(folder, "request.json"), join(folder, "killed.jsonl")];
process.env.MUTANTS = request;

const vitest = await createVitest(
  "test",
  {
    ...{ root, watch: false, reporters: [{}], maxWorkers: 1, testTimeout: 600_000, hookTimeout: 600_000 },
    ...{ bail: 1, fsModuleCache: false, runner: join(root, "validation/mutantrunner.ts") },
  },
  {
    plugins: [
      {
        name: "signs",
        enforce: "pre",
        transform(text: string, id: string) {
          const file = id.startsWith(join(root, CORE)) ? id.slice(join(root, CORE).length) : "";
          return all.some((mutant) => mutant.file === file) ? signed(file, text) : undefined;
        },
      },
    ],
  },
);

/** Whether a test file is red, and what it killed. */
async function run(
  test: string,
  pending: readonly number[],
  { between = [0, 0], fixed }: { between?: readonly [number, number]; fixed?: number },
) {
  writeFileSync(request, JSON.stringify({ count: all.length, pending, fixed, between, out: killed }));
  writeFileSync(killed, "");
  const specifications = await vitest.globTestSpecifications([join(root, CORE, test)]);
  if (specifications.length === 0) throw new Error(`no test file ${test}`);
  const { testModules } = await vitest.runTestSpecifications(specifications);
  const red = testModules.some((module) => !module.ok());
  const [why] = testModules.flatMap((module) => [
    ...module.errors().map(({ message }) => message),
    ...[...module.children.allTests("failed")].flatMap(
      (one) => `${one.fullName}: ${one.result().errors?.[0]?.message}`,
    ),
  ]);
  const kills = readFileSync(killed, "utf8").split("\n").filter(Boolean);
  return { red, why, kills: kills.map((line) => JSON.parse(line) as { k: number; spoiled?: true }) };
}

const open = (subject: string) =>
  Array.from(all.keys()).filter(
    (k) => all[k].subject === subject && !done.has(key(all[k])) && !equivalent(all[k]),
  );
const subjects = Object.entries(SUBJECTS).filter(([subject]) => open(subject).length > 0);

// quick tests first, of all subjects
for (const between of [
  [-1, 0.3],
  [0.3, 3],
  [3, 1e9],
] as const) {
  for (const [subject, { tests }] of subjects) {
    for (const test of tests) {
      if (open(subject).length === 0) break;
      // a mutant that leaves a test red for good ends the run of its file: it goes on with the others
      const spoiled = new Set<number>();
      for (let red = true; red; ) {
        const found = await run(
          test,
          open(subject).filter((k) => !spoiled.has(k)),
          { between },
        );
        for (const one of found.kills) {
          if (one.spoiled) spoiled.add(one.k);
          else settle(one.k, test);
        }
        red = found.red;
        if (red) process.stdout.write(`${test}: ${found.kills.length} kills, then ${found.why}\n`);
        if (found.kills.length === 0) break;
      }
    }
  }
}
for (const [subject, { tests }] of subjects) {
  for (const k of open(subject)) {
    let by: string | undefined;
    for (const test of tests) {
      if (by !== undefined || !(await run(test, [], { fixed: k })).red) continue;
      // red of itself it says nothing
      if (!(await run(test, [], {})).red) by = test;
    }
    settle(k, by);
  }
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
