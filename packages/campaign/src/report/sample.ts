import { findInteractions, type Interactions, pairsOf, SoftfieldError, type System } from "softfield";
import { PAIRS } from "softfield/internal";
import type { Campaign, Ensemble } from "../plan/campaign.ts";
import type { QuerySource } from "../query/query.ts";
import { placedStages, type StageContext } from "../stage.ts";
import { readColumns, readTexts } from "../stages/columns.ts";
import { storedGlass } from "../stages/make.ts";
import { identifiers, placedOnTerms } from "../stages/terms.ts";
import { Store } from "../store/index.ts";

/** One sample as Figs. 1 and 3 show it. */
export interface SamplePicture {
  readonly ensemble: Ensemble;
  readonly seed: number;
  readonly system: System;
  readonly interactions: Interactions;
  /** m; 0 where only soft bonds are stored. */
  readonly lte: Float64Array;
  /** N×d, X */
  readonly displacement: Float64Array;
  /** Softness field; absent where it was not computed. */
  readonly field?: { readonly counts: readonly number[]; readonly values: Float64Array };
  readonly spots: readonly PlacedNumber[];
  /** Where the particles of the first events are in the unsheared glass. */
  readonly events: readonly PlacedNumber[];
}

export interface PlacedNumber {
  readonly number: number;
  readonly position: Float64Array;
}

/** Which sample is to be drawn; the first that has what is needed by default. */
export interface SampleChoice {
  readonly ensemble?: string;
  readonly seed?: number;
}

/** What a figure shows: stages beside the local thermal energies, and glasses in the plane. */
export interface PictureNeeds {
  readonly stages?: readonly string[];
  readonly flat?: boolean;
}

/**
 * Reads one sample: the first that has all that is needed, or, where there is none, the first at all, so that the
 * figure can say what it misses. @throws SoftfieldError "usage" where there is no such sample in the store
 */
export async function pictureOf(
  campaign: Campaign,
  { folder, stages }: QuerySource,
  choice: SampleChoice,
  needs: PictureNeeds,
): Promise<SamplePicture> {
  const store = Store.open(folder, campaign.name);
  const chosen = campaign.ensembles.filter(({ name }) => (choice.ensemble ?? name) === name);
  for (const { stages: wanted = [], flat = false } of [needs, {}]) {
    for (const ensemble of chosen) {
      const placed = placedStages(ensemble, stages);
      const places = ["lte", ...wanted].map((name) => placed.find(({ stage }) => stage.name === name)?.place);
      if (places.includes(undefined) || (flat && ensemble.model.dimension !== 2)) continue;
      const [seeds, ...others] = places.map((place) => store.seeds(place!));
      const complete = seeds!.filter((seed) => others.every((list) => list.includes(seed)));
      for (const seed of complete.filter((seed) => (choice.seed ?? seed) === seed)) {
        const read = (stage: string, name: string) => {
          const found = placed.find((other) => other.stage.name === stage);
          return found && store.read(found.place, seed, name);
        };
        if (read("lte", "bonds.parquet") && read("make", "glass.extxyz")) {
          return await assembled({ ensemble, seed, read });
        }
      }
    }
  }
  const asked = [choice.ensemble, choice.seed && `seed ${choice.seed}`].filter(Boolean).join(", ");
  throw new SoftfieldError(
    "usage",
    `no sample ${asked || "with local thermal energies"} is in ${store.root}`,
    { field: "seed" },
  );
}

/** As a stage's context, but what is missing is nothing. */
interface Reading {
  readonly ensemble: Ensemble;
  readonly seed: number;
  readonly read: (stage: string, name: string) => Uint8Array | undefined;
}

async function assembled(reading: Reading): Promise<SamplePicture> {
  const { ensemble, seed, read } = reading;
  const system = storedGlass({ ensemble, read: read as StageContext["read"] });
  const interactions = findInteractions(system, ensemble.model);
  const bonds = await readColumns(read("lte", "bonds.parquet")!, [...identifiers(PAIRS), "lte"]);
  const axes = ["x", "y", "z"].slice(0, system.box.dimension);
  const thermal = await readColumns(
    read("lte", "particles.parquet")!,
    axes.map((axis) => `thermal_${axis}`),
  );
  return {
    ensemble,
    seed,
    system,
    interactions,
    lte: placedOnTerms(pairsOf(interactions), bonds),
    displacement: interleaved(axes.map((axis) => thermal[`thermal_${axis}`])),
    ...(await fieldOf(read("spots", "fields.parquet"), axes)),
    spots: await spotsOf(read("spots", "spots.parquet"), axes),
    events: await eventsOf(read("shear", "events.parquet"), system),
  };
}

async function fieldOf(
  bytes: Uint8Array | undefined,
  axes: readonly string[],
): Promise<Pick<SamplePicture, "field">> {
  if (bytes === undefined) return {};
  const owners = await readTexts(bytes, "field");
  const columns = await readColumns(bytes, ["value", ...axes.map((axis) => `bin_${axis}`)]);
  const counts = axes.map((axis) => columns[`bin_${axis}`].at(-1)! + 1);
  return { field: { counts, values: columns.value!.filter((_, k) => owners[k] === "lte") } };
}

async function spotsOf(bytes: Uint8Array | undefined, axes: readonly string[]): Promise<PlacedNumber[]> {
  if (bytes === undefined) return [];
  const owners = await readTexts(bytes, "field");
  const columns = await readColumns(bytes, ["rank", ...axes]);
  return owners.flatMap((owner, k) => {
    if (owner !== "lte") return [];
    return [{ number: columns.rank![k], position: Float64Array.from(axes, (axis) => columns[axis][k]) }];
  });
}

async function eventsOf(bytes: Uint8Array | undefined, { positions, box }: System): Promise<PlacedNumber[]> {
  if (bytes === undefined) return [];
  const { ordinal, particle } = await readColumns(bytes, ["ordinal", "particle"]);
  const d = box.dimension;
  return Array.from(ordinal!, (number, k) => {
    return { number, position: positions.slice(particle![k] * d, (particle![k] + 1) * d) };
  });
}

/** Columns x, y, … to N×d. */
function interleaved(columns: readonly Float64Array[]): Float64Array {
  const d = columns.length;
  return Float64Array.from({ length: d * columns[0].length }, (_, k) => columns[k % d][Math.floor(k / d)]);
}
