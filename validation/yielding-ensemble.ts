/**
 * Glasses by SI A and their first plastic events under several directions of shear: what predictions of yielding are
 * tried on. Resumable: a glass a file of OUT, OUT/MODEL-N-SEED.json, begun ones are gone on with. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/yielding-ensemble.ts 2dipl 10000 1..60 0,45,90,135 5 OUT
 *
 * Arguments: model (a preset, or a model file), particles, seeds, directions of simple shear (degrees; in three dimensions in the plane xy), events,
 * folder. A turn by 90° shears the other way up to a rotation of the box.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel } from "@softfield/node";
import { makeGlass, type PlasticEvent, QuasistaticShear } from "softfield";
import { scriptArguments, wholeNumber } from "./script.ts";

const given = scriptArguments("yielding-ensemble.ts MODEL N FROM..TO ANGLES EVENTS OUT", 6);
const [name, , seedsGiven, anglesGiven, , out] = given;
const model = loadModel(name);
const particles = wholeNumber(given[1], "the number of particles");
const events = wholeNumber(given[4], "the number of events");
const [from, to] = seedsGiven.split("..").map((text) => wholeNumber(text, "a seed"));
const angles = anglesGiven.split(",").map(Number);
mkdirSync(out, { recursive: true });

/** A glass's file: positions as base64 of float64, and of each direction its events with the minimum after each. */
interface Sample {
  readonly box: readonly number[];
  readonly species: readonly number[];
  readonly positions: string;
  readonly loads: Record<string, Load>;
}
interface Load {
  readonly status: string;
  readonly events: readonly PlasticEvent[];
  /** Of each event: the box and the minimum that it leads to. */
  readonly after: readonly { readonly box: readonly number[]; readonly positions: string }[];
  /** Where more events are gone on from. */
  readonly checkpoint: string;
}

const packed = (x: Float64Array | Uint8Array) =>
  Buffer.from(x.buffer, x.byteOffset, x.byteLength).toString("base64");
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
const unpacked = (text: string) => new Float64Array(bytesOf(text).buffer);

function save(path: string, sample: Sample): void {
  writeFileSync(`${path}.part`, JSON.stringify(sample));
  renameSync(`${path}.part`, path);
}

for (let seed = from; seed <= to; seed++) {
  const path = join(out, `${model.name}-${particles}-${seed}.json`);
  let sample: Sample;
  if (existsSync(path)) sample = JSON.parse(readFileSync(path, "utf8")) as Sample;
  else {
    const { system } = makeGlass({ model, particles, seed });
    sample = {
      box: Array.from(system.box.vectors),
      species: Array.from(system.species),
      positions: packed(system.positions),
      loads: {},
    };
    save(path, sample);
  }
  const d = Math.round(Math.sqrt(sample.box.length)) as 2 | 3;
  const system = {
    box: { dimension: d, vectors: Float64Array.from(sample.box) },
    species: Int32Array.from(sample.species),
    positions: unpacked(sample.positions),
  };
  for (const angle of angles) {
    const had = sample.loads[angle];
    if (had && (had.events.length >= events || had.status !== "complete")) continue;
    const began = performance.now();
    const run = had
      ? QuasistaticShear.resume(system, model, { angle, events }, bytesOf(had.checkpoint))
      : QuasistaticShear.start(system, model, { angle, events });
    const after = [...(had?.after ?? [])];
    let over = false;
    while (!over) {
      over = run.advance();
      if (run.events.length === after.length) continue;
      const { system: now } = run.result();
      after.push({ box: Array.from(now.box.vectors), positions: packed(now.positions) });
    }
    const { status, events: found } = run.result();
    const checkpoint = packed(run.checkpoint());
    sample.loads[angle] = { status, events: found, after, checkpoint };
    save(path, sample);
    const strains = found.map(({ strain }) => strain.toPrecision(4)).join(" ");
    console.log(
      `${seed} ${angle}° ${status} ${strains} ${((performance.now() - began) / 1000).toFixed(1)} s`,
    );
  }
}
