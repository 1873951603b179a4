import type { PairModel } from "softfield";
import {
  initialConfiguration,
  modelToJson,
  type Protocol,
  type ProtocolKind,
  type ProtocolOptions,
  parseModel,
  resolveProtocol,
  SoftfieldError,
} from "softfield";
import { unitsText } from "softfield/internal";
import { canonicalJson, type Json } from "./canonical.ts";
import { type CampaignSource, campaignError, schemaFault } from "./faults.ts";
import type { GlassesDefinition, OwnGlasses } from "./glasses.ts";
import { inModelUnits } from "./measured.ts";
import { refuseImpossible, refuseSmallBox } from "./refusals.ts";
import { campaignSchema, type EnsembleDefinition, KEEP } from "./schema.ts";
import type { CampaignCompute, CampaignKeep, Section } from "./section.ts";
import { parseSeeds } from "./seeds.ts";

/** Samples of one model, size and protocol; frozen. */
export interface Ensemble {
  readonly name: string;
  readonly model: PairModel;
  readonly particles: number;
  /** How they are made; absent where they come from files. */
  readonly protocol?: Protocol | undefined;
  readonly glasses?: OwnGlasses | undefined;
  readonly compute: CampaignCompute;
  readonly keep: CampaignKeep;
}

/** A campaign as parsed once from its file; frozen. */
export interface Campaign {
  readonly name: string;
  /** Folder of the store as the file gives it. */
  readonly output: string;
  readonly ensembles: readonly Ensemble[];
  /** Seeds of each ensemble, ascending. */
  readonly seeds: ReadonlyMap<string, readonly number[]>;
}

/** What parsing needs from its shell. */
export interface CampaignReader extends CampaignSource {
  /** The model of a name or path; throws a SoftfieldError where there is none. */
  readonly model: (nameOrFile: string) => PairModel;
  /** What may be asked for under "compute". */
  readonly sections: readonly Section[];
  /** The configurations of an ensemble of files; throws a SoftfieldError where one is not sound. */
  readonly glasses?: (given: GlassesDefinition, model: PairModel) => OwnGlasses;
}

/**
 * Checks the content of a campaign file and fills in what it leaves out.
 *
 * @throws SoftfieldError "input" or "model" that names file, line and field, what was found and what is expected:
 * unknown fields (with the nearest known one), impossible combinations, seeds given twice.
 */
export function parseCampaign(json: unknown, reader: CampaignReader): Campaign {
  const result = campaignSchema(reader.sections).safeParse(json);
  if (!result.success) throw schemaFault(result.error.issues, json, reader);
  const definition = result.data;
  const keep = definition.keep ?? KEEP;
  const ensembles: Ensemble[] = [];
  const seeds = new Map<string, readonly number[]>();
  for (const [name, given] of Object.entries(definition.ensembles)) {
    const { particles, dimension, ...glasses } = glassesOf(name, given, definition.units, reader);
    seeds.set(name, glasses.seeds);
    const { model, protocol, own } = glasses;
    const section = given.compute === undefined ? ["compute"] : ["ensembles", name, "compute"];
    const compute = inModelUnits(given.compute ?? definition.compute ?? {}, model, (field, message) =>
      campaignError(reader, [...section, ...field], message),
    );
    refuseImpossible({ compute, keep, particles, dimension }, section, reader);
    ensembles.push(deepFreeze({ name, model, particles, protocol, glasses: own, compute, keep }));
  }
  refuseSharedSeeds(ensembles, seeds, reader);
  return Object.freeze({
    name: definition.name,
    output: definition.output ?? definition.name,
    ensembles,
    seeds,
  });
}

/** What the glasses of an ensemble depend on. */
export function glassText({ model, particles, protocol, glasses }: Ensemble): {
  readonly [field: string]: Json;
} {
  const { $schema, description, ...definition } = model.definition;
  // a sample of files is known by its content, which its number stands for
  if (glasses)
    return {
      model: definition as unknown as Json,
      from: "files",
      ...(glasses.minimize && { minimize: true }),
    };
  return { model: definition as unknown as Json, particles, protocol: { ...protocol } };
}

/** Which glasses an ensemble makes by seeds, or has in files. */
function glassesOf(
  name: string,
  given: EnsembleDefinition,
  units: EnsembleDefinition["units"],
  reader: CampaignReader,
) {
  const path = ["ensembles", name];
  const model = withUnits(checkedModel(name, given, reader), { name, given, units }, reader);
  const { glasses, particles } = given;
  if (glasses !== undefined) {
    for (const field of ["particles", "seeds", "protocol"] as const)
      if (given[field] !== undefined)
        throw campaignError(
          reader,
          [...path, field],
          `belongs to glasses that are made; these are files ("glasses")`,
        );
    const own = filedGlasses(name, { ...given, glasses }, { model, reader });
    const seeds = [...own.files.keys()].sort((a, b) => a - b);
    return { model, own, seeds, protocol: undefined, particles: own.particles, dimension: own.dimension };
  }
  for (const field of ["frames", "species", "diameters", "minimize"] as const)
    if (given[field] !== undefined)
      throw campaignError(
        reader,
        [...path, field],
        `belongs to glasses that are files ("glasses"); these are made`,
      );
  const seeds = checkedSeeds(name, given, reader);
  if (particles === undefined)
    throw campaignError(reader, [...path, "particles"], 'is missing: N, or name files by "glasses"');
  const protocol = filledProtocol(name, { ...given, particles }, { model, reader });
  refuseSmallBox({ model, particles }, [...path, "particles"], reader);
  return { model, own: undefined, seeds, protocol, particles, dimension: model.dimension ?? 3 };
}

function filedGlasses(
  name: string,
  {
    glasses,
    frames = "all",
    species,
    diameters,
    minimize = false,
  }: EnsembleDefinition & { glasses: string | string[] },
  { model, reader }: { model: PairModel; reader: CampaignReader },
): OwnGlasses {
  const path = ["ensembles", name, "glasses"];
  if (!reader.glasses) throw campaignError(reader, path, "files can't be read here");
  try {
    return reader.glasses({ glasses, frames, species, diameters, minimize }, model);
  } catch (cause) {
    if (!(cause instanceof SoftfieldError)) throw cause;
    throw campaignError(reader, path, cause.message);
  }
}

function checkedSeeds(name: string, given: EnsembleDefinition, reader: CampaignReader): readonly number[] {
  if (given.seeds === undefined)
    throw campaignError(
      reader,
      ["ensembles", name, "seeds"],
      'are missing: such as 1..300, or name files by "glasses"',
    );
  const found = parseSeeds(given.seeds);
  if (found.status === "parsed") return found.seeds;
  throw campaignError(reader, ["ensembles", name, "seeds"], found.reason);
}

function checkedModel(name: string, given: EnsembleDefinition, reader: CampaignReader): PairModel {
  const path = ["ensembles", name, "model"];
  try {
    return reader.model(given.model);
  } catch (cause) {
    if (!(cause instanceof SoftfieldError)) throw cause;
    throw campaignError(reader, path, cause.message);
  }
}

/** The model with the units that the campaign gives it: the same as if its file said them. */
function withUnits(
  model: PairModel,
  {
    name,
    given,
    units,
  }: {
    readonly name: string;
    readonly given: EnsembleDefinition;
    readonly units: EnsembleDefinition["units"];
  },
  reader: CampaignReader,
): PairModel {
  const own = model.definition.units;
  const path = given.units === undefined ? ["units"] : ["ensembles", name, "units"];
  if (own !== undefined && given.units !== undefined && canonicalJson(own) !== canonicalJson(given.units)) {
    const message = `the model says that its units are ${unitsText(model)}: leave this out, or change the model`;
    throw campaignError(reader, path, message);
  }
  const said = given.units ?? units;
  if (own !== undefined || said === undefined) return model;
  try {
    return parseModel({ ...modelToJson(model), units: said });
  } catch (cause) {
    if (!(cause instanceof SoftfieldError)) throw cause;
    throw campaignError(reader, path, `the model ${model.name}: ${cause.message}`);
  }
}

/** Numbers that mean something to one kind of protocol only. */
const OF_KIND: Readonly<Record<string, readonly ProtocolKind[]>> = {
  annealTemperature: ["anneal", "htl", "esl", "gq"],
  annealTime: ["anneal", "htl", "esl", "gq"],
  finalTemperature: ["cooling", "gq"],
  coolingRate: ["cooling", "gq"],
  temperature: ["swap"],
  sweeps: ["swap"],
  swapShare: ["swap"],
};

function filledProtocol(
  name: string,
  given: EnsembleDefinition & { readonly particles: number },
  { model, reader }: { model: PairModel; reader: CampaignReader },
): Protocol {
  const path = ["ensembles", name, "protocol"];
  const numbers = inModelUnits(given.protocol ?? {}, model, (field, message) =>
    campaignError(reader, [...path, ...field], message),
  );
  const fields = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const options: ProtocolOptions = Object.fromEntries(fields);
  const kind = options.kind ?? "anneal";
  for (const field of Object.keys(options)) {
    const [owner, ...others] = OF_KIND[field] ?? [kind];
    if (owner !== kind && !others.includes(kind)) {
      throw campaignError(reader, [...path, field], `belongs to kind "${owner}", but the kind is "${kind}"`);
    }
  }
  try {
    initialConfiguration(model, given.particles, 0);
    return resolveProtocol(model, options);
  } catch (cause) {
    if (!(cause instanceof SoftfieldError)) throw cause;
    const { field = "" } = cause.place;
    const at =
      field in options ? [...path, field] : ["ensembles", name, field === "particles" ? field : "model"];
    throw campaignError(reader, at, cause.message);
  }
}

/** One glass in two ensembles would be made and counted twice. */
function refuseSharedSeeds(
  ensembles: readonly Ensemble[],
  seeds: ReadonlyMap<string, readonly number[]>,
  reader: CampaignReader,
): void {
  const owners = new Map<string, Map<number, string>>();
  for (const ensemble of ensembles) {
    const glass = canonicalJson(glassText(ensemble));
    const taken = owners.get(glass) ?? new Map<number, string>();
    owners.set(glass, taken);
    for (const seed of seeds.get(ensemble.name)!) {
      const owner = taken.get(seed);
      if (owner !== undefined) {
        const file = ensemble.glasses?.files.get(seed);
        if (file) {
          const message = `${file.path} holds a configuration of ensemble "${owner}": it would count twice`;
          throw campaignError(reader, ["ensembles", ensemble.name, "glasses"], message);
        }
        throw campaignError(
          reader,
          ["ensembles", ensemble.name, "seeds"],
          `seed ${seed} overlaps with ensemble "${owner}", whose glasses are the same; choose other seeds`,
        );
      }
      taken.set(seed, ensemble.name);
    }
  }
}

function deepFreeze<T extends object>(value: T): T {
  for (const entry of Object.values(value)) {
    if (typeof entry === "object" && entry !== null && !ArrayBuffer.isView(entry) && !(entry instanceof Map))
      deepFreeze(entry as object);
  }
  return Object.freeze(value);
}
