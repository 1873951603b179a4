import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { part as reproduction } from "@softfield/reproduction";
import { afterAll } from "vitest";
import {
  part as base,
  type CampaignStatus,
  campaignStatus,
  loadCampaign,
  type QueryResult,
  queryCampaign,
  type RunOptions,
  type RunSummary,
  registryOf,
  runCampaign,
} from "../../campaign/src/index.ts";
import { part, stages } from "./standin/stages.ts";

/** What campaigns of the paper can do: without the benchmark, whose tables and figure have tests of their own. */
export const paper = registryOf(base, reproduction);

/** The campaign commands on stand-in stages, and the whole command on the real ones; both from source. */
export const STANDIN = fileURLToPath(new URL("./standin/softfield.ts", import.meta.url));
export const SOFTFIELD = fileURLToPath(new URL("./source-cli.ts", import.meta.url));

const scratch = mkdtempSync(join(tmpdir(), "softfield-campaign-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }), 60_000);
let serial = 0;

export interface Night {
  readonly file: string;
  /** The store. */
  readonly folder: string;
}

/** Writes a campaign file into a folder of its own. */
export function campaignFile(fields: object = {}, ensemble: object = {}): Night {
  const folder = join(scratch, `night${serial++}`);
  mkdirSync(folder);
  const file = join(folder, "night.json");
  const glass = {
    model: "2dipl",
    particles: 24,
    seeds: "1..12",
    protocol: { liquidTime: 0.1, annealTime: 0.1 },
  };
  const campaign = { name: "night", output: "store", ensembles: { glass: { ...glass, ...ensemble } } };
  writeFileSync(file, JSON.stringify({ ...campaign, compute: { lte: {} }, ...fields }));
  return { file, folder: join(folder, "store") };
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs a command to its end. */
export function softfield(script: string, args: readonly string[], env: Environment = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, script, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

/** Starts a command and leaves it running. */
export function startSoftfield(
  script: string,
  args: readonly string[],
  env: Environment = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...flags, script, ...args], { env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended };
}

export const flags = ["--conditions=softfield-source"];

/** Paths of all files below a folder, relative to it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Digest of every result in a store; of manifests without host, times and versions of the run that made them. */
export function resultsOf(folder: string): Record<string, string> {
  const results = filesBelow(folder).filter((path) => /^(make|lte)\//.test(path));
  return Object.fromEntries(
    results.map((path) => {
      const bytes = readFileSync(join(folder, path));
      const content = path.endsWith("manifest.json") ? withoutMade(bytes.toString()) : bytes;
      return [path, createHash("sha256").update(content).digest("hex")];
    }),
  );
}

function withoutMade(text: string): string {
  const { made: _, ...rest } = JSON.parse(text) as { made: unknown };
  return JSON.stringify(rest);
}

/** Runs a campaign of the paper's stages, two samples at a time; none fails. */
export async function complete({ file, folder }: Night): Promise<void> {
  const { campaign } = loadCampaign(file, paper);
  const summary = await runCampaign(campaign, { registry: paper, folder, threads: 2 });
  if (summary.failed > 0) throw new Error(`${summary.failed} samples failed`);
}

const registry = registryOf(part);

/** Runs a campaign on stand-in stages in this process, two samples at a time. */
export async function runStandin(night: Night, options: Partial<RunOptions> = {}): Promise<RunSummary> {
  const { campaign, folder } = loadCampaign(night.file, registry);
  return await runCampaign(campaign, { registry, folder, threads: 2, ...options });
}

export function standinStatus(night: Night, verify = false): CampaignStatus {
  const { campaign, folder } = loadCampaign(night.file, registry);
  return campaignStatus(campaign, { folder, stages, verify });
}

export async function queryStandin(night: Night, sql: string): Promise<QueryResult> {
  const { campaign, folder } = loadCampaign(night.file, registry);
  return await queryCampaign(campaign, { folder, stages, sql });
}

/** Waits until something holds. */
export async function until(holds: () => boolean, seconds = 60): Promise<void> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > 1000 * seconds) throw new Error(`waited ${seconds} s in vain`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Names in a folder; none where it is not there yet. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Manifests of a stage's published results. */
export function published(folder: string, stage: string): string[] {
  const place = join(folder, stage);
  return existsSync(place) ? filesBelow(place).filter((path) => path.endsWith("manifest.json")) : [];
}

/** The words in which something is refused. */
export function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}
