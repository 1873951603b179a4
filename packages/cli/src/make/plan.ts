import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSeeds } from "@softfield/campaign";
import { loadModel, outputFormat } from "@softfield/node";
import {
  type GlassRecipe,
  type PairModel,
  type ProtocolOptions,
  resolveProtocol,
  SoftfieldError,
} from "softfield";
import { PROTOCOL_QUANTITIES } from "softfield/internal";
import { realNumber } from "../shell/arguments.ts";
import type { CommonOptions } from "../shell/command.ts";
import { checkOutputs } from "../shell/outputs.ts";
import { quantity } from "../shell/quantities.ts";
import type { GlassJob } from "./messages.ts";
import { checkLiquid } from "./outcome.ts";

/** What the command is told. */
export interface MakeOptions
  extends CommonOptions,
    Pick<ProtocolOptions, "minimizer" | "tolerance" | "sweeps" | "swapShare" | "pressure">,
    Partial<Record<keyof typeof PROTOCOL_QUANTITIES, string>> {
  readonly model: string;
  readonly particles: string;
  readonly seed?: string;
  readonly seeds?: string;
  readonly out?: string;
  readonly outDir?: string;
  readonly protocol: NonNullable<ProtocolOptions["kind"]>;
  readonly threads?: number;
  readonly checkpointEvery: number;
  readonly resume?: boolean;
  /** Liquids that were not equilibrated are refused. */
  readonly equilibrated?: boolean;
  readonly quiet?: boolean;
}

/** A job with the file that it ends in. */
export interface FileJob extends GlassJob {
  readonly out: string;
}

/** What is to be made, and where to; everything that can be refused is refused here, before any work. */
export async function planJobs(options: MakeOptions): Promise<FileJob[]> {
  const model = loadModel(options.model);
  const { protocol: kind, ...rest } = options;
  const protocol = resolveProtocol(model, { ...protocolNumbers(rest, model), kind });
  if (options.equilibrated) checkLiquid("--equilibrated", kind);
  const particles = realNumber("particles", options.particles);
  const { threads, checkpointEvery } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new SoftfieldError("usage", `--threads must be a whole number from 1, got ${threads}`);
  }
  if (!(checkpointEvery > 0)) {
    throw new SoftfieldError("usage", `--checkpoint-every must be positive, got ${checkpointEvery}`);
  }
  const jobs: FileJob[] = [];
  for (const { seed, out } of await outputs(options, model.name)) {
    const recipe: GlassRecipe = { model, particles, seed, protocol };
    if (existsSync(out) && options.resume) continue;
    await checkOutputs([out], options);
    const saved = options.resume && existsSync(checkpointPath(out));
    const checkpoint = saved ? await readFile(checkpointPath(out)) : undefined;
    jobs.push({ recipe, out, checkpoint });
  }
  return jobs;
}

function protocolNumbers(options: Partial<MakeOptions>, model: PairModel): ProtocolOptions {
  const { minimizer, tolerance, sweeps, swapShare, pressure } = options;
  const numbers = Object.entries(PROTOCOL_QUANTITIES).flatMap(([name, kind]) => {
    const text = options[name as keyof typeof PROTOCOL_QUANTITIES];
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return text === undefined ? [] : [[name, quantity(option, text, kind, model)] as const];
  });
  return {
    ...Object.fromEntries(numbers),
    minimizer,
    tolerance,
    sweeps,
    swapShare,
    pressure,
  };
}

/** Seeds and their files. */
async function outputs(options: MakeOptions, model: string): Promise<{ seed: number; out: string }[]> {
  const { seed, seeds, out, outDir } = options;
  if ((seed === undefined) === (seeds === undefined)) {
    throw new SoftfieldError("usage", "give either --seed (with --out) or --seeds (with --out-dir)");
  }
  const parsed = parseSeeds((seed ?? seeds)!);
  if (parsed.status === "invalid") throw new SoftfieldError("usage", `seeds: ${parsed.reason}`);
  if (seed !== undefined) {
    if (parsed.seeds.length !== 1) throw new SoftfieldError("usage", `--seed takes one seed, got "${seed}"`);
    if (out === undefined) throw new SoftfieldError("usage", "--seed needs --out FILE");
    outputFormat(out);
    return [{ seed: parsed.seeds[0], out }];
  }
  if (outDir === undefined) throw new SoftfieldError("usage", "--seeds needs --out-dir DIR");
  await mkdir(outDir, { recursive: true });
  const name = (s: number) => `${model.replace(/[^\w.-]+/g, "_")}_n${options.particles}_s${s}.extxyz`;
  return parsed.seeds.map((s) => ({ seed: s, out: join(outDir, name(s)) }));
}

/** Where the checkpoint of an unfinished glass lies. */
export function checkpointPath(out: string): string {
  return `${out}.checkpoint`;
}
