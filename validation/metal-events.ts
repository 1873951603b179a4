/**
 * The first plastic event of a large metallic glass by forces alone, where a factor of M at every step costs minutes: fixed
 * affine steps, each followed by FIRE to a residual of 10⁻⁶ of the typical pair force, and a look at the energy. An event is
 * a drop of more than 10⁻³ eV below the elastic work V ∫σ:dε; it is bracketed to 10⁻⁶ by going back with half the step.
 *
 *   npx --no-install node --conditions=softfield-source validation/metal-events.ts GLASS.extxyz POTENTIAL LOAD STATE.json [STEP]
 *
 * GLASS.extxyz a minimum, POTENTIAL a Finnis–Sinclair file of Cu and Zr, LOAD "shear" (x += γ y) or "tension" (longer by γ
 * along x, narrower across it by 0.355 γ, Poisson's ratio of the glass, so that the stresses across hardly change). STATE.json holds the way so far: the same
 * command goes on from there.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  createBox,
  ForceField,
  parseEamFile,
  parseModel,
  readSnapshot,
  SoftfieldError,
  type System,
  toSystem,
  volume,
} from "softfield";
import { descents, minimumImage, pairsOf, typicalForce } from "softfield/internal";
import { scriptArguments } from "./script.ts";

const RESIDUAL = 1e-6;
const TOLERANCE = 1e-6;
const DROP = 1e-3;
const MAX_STRAIN = 0.06;
/** (3K − 2G)/(6K + 2G) of K = 0.344 and G = 0.111 eV/Å³ (docs/metallic-glass.md). */
const POISSON = 0.355;

const usage = "metal-events.ts GLASS.extxyz POTENTIAL shear|tension STATE.json [STEP]";
const [glassFile, potentialFile, load, stateFile, stepGiven = "1e-4"] = scriptArguments(usage, 4);
const STEP = Number(stepGiven);
if (load !== "shear" && load !== "tension")
  throw new SoftfieldError("usage", `no load "${load}": shear or tension`);
const bytes = readFileSync(potentialFile);
const potential = parseEamFile(
  (potentialFile.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString(),
  potentialFile,
);
const definition = { name: "cuzr", dimension: 3, species: ["Cu", "Zr"], form: "eam", file: "potential" };
const model = parseModel(definition, potentialFile, {}, { potential });
const { system: glass } = toSystem(readSnapshot(readFileSync(glassFile), { source: glassFile }), model);

/** A minimum on the way. */
interface Point {
  readonly strain: number;
  /** Edge vectors, rows, and positions. */
  readonly vectors: readonly number[];
  readonly positions: readonly number[];
  readonly energy: number;
  /** (1/V) ∂U/∂ε, 3×3, eV/Å³. */
  readonly stress: readonly number[];
}

interface State {
  readonly point: Point;
  readonly step: number;
  readonly path: readonly (readonly [strain: number, energy: number, stress: number])[];
  readonly evaluations: number;
}

let evaluations = 0;
const typical = typicalForce(ForceField.create(glass, model).interactions());

/** The minimum that is found from a configuration. */
function settled(strain: number, system: System): Point {
  const field = ForceField.create(system, model);
  const limits = { gradient: RESIDUAL * typical, evaluations: 50_000, maxMove: 0.1 };
  const { end } = descents.fire(field, limits);
  evaluations += field.evaluations;
  if (end !== "reached") throw new Error(`FIRE ended ${end} at the strain ${strain}`);
  const { box, positions } = field.system();
  return {
    strain,
    vectors: [...box.vectors],
    positions: [...positions],
    energy: field.energy,
    stress: [...field.stress()],
  };
}

/** The point taken affinely to other edge vectors: each row of the box is one of them. */
function deformed(
  { vectors, positions }: Pick<Point, "vectors" | "positions">,
  next: readonly number[],
): System {
  // u′ = u·F with F = V⁻¹ V′; the box is upright but for one tilt: rows x, (tilt, y), z
  const [xx, , , yx, yy, , , , zz] = vectors;
  const moved = Float64Array.from(positions);
  for (let k = 0; k < moved.length; k += 3) {
    const b = positions[k + 1] / yy;
    const a = (positions[k] - b * yx) / xx;
    const c = positions[k + 2] / zz;
    moved[k] = a * next[0] + b * next[3];
    moved[k + 1] = b * next[4];
    moved[k + 2] = c * next[8];
  }
  return { ...glass, box: createBox(3, next), positions: moved };
}

const initial = [...glass.box.vectors];

/** The next minimum at a strain. */
function at(from: Point, strain: number): Point {
  if (load === "shear") {
    const vectors = [...from.vectors];
    vectors[3] = initial[3] + strain * initial[4];
    return settled(strain, deformed(from, vectors));
  }
  const vectors = [...from.vectors];
  vectors[0] = initial[0] * (1 + strain);
  for (const edge of [4, 8]) vectors[edge] = initial[edge] * (1 - POISSON * strain);
  return settled(strain, deformed(from, vectors));
}

/** V ∫ σ:dε between two minima by the trapezoidal rule, dε the change of the edges over their mean. */
function work(a: Point, b: Point): number {
  const v = 0.5 * (volume(createBox(3, a.vectors)) + volume(createBox(3, b.vectors)));
  let sum = 0;
  for (const axis of [0, 4, 8]) {
    const rate = (2 * (b.vectors[axis] - a.vectors[axis])) / (b.vectors[axis] + a.vectors[axis]);
    sum += 0.5 * (a.stress[axis] + b.stress[axis]) * rate;
  }
  const tilt = (2 * (b.vectors[3] - a.vectors[3])) / (b.vectors[4] + a.vectors[4]);
  sum += 0.25 * (a.stress[1] + b.stress[1] + a.stress[3] + b.stress[3]) * tilt;
  return v * sum;
}

const along = ({ stress }: Point) => (load === "shear" ? 0.5 * (stress[1] + stress[3]) : stress[0]);

let state: State;
if (existsSync(stateFile)) state = JSON.parse(readFileSync(stateFile, "utf8"));
else {
  const point = settled(0, glass);
  state = { point, step: STEP, path: [[0, point.energy, along(point)]], evaluations: 0 };
}
evaluations = state.evaluations;
let { point, step } = state;
const path = [...state.path];
for (let saved = 0; point.strain < MAX_STRAIN; saved++) {
  const to = at(point, point.strain + step);
  const drop = work(point, to) - (to.energy - point.energy);
  if (Math.abs(drop) <= DROP) {
    point = to;
    path.push([to.strain, to.energy, along(to)]);
    step = Math.min(STEP, 2 * step);
  } else if (step > TOLERANCE) {
    step *= 0.5;
  } else {
    told(point, to, drop);
    break;
  }
  if (saved % 5 === 0) {
    const next: State = { point, step, path, evaluations };
    writeFileSync(`${stateFile}.part`, JSON.stringify(next));
    renameSync(`${stateFile}.part`, stateFile);
    process.stderr.write(
      `strain ${point.strain.toFixed(6)}, stress ${along(point).toPrecision(5)} eV/Å³, ${evaluations} evaluations\n`,
    );
  }
}

/** The event between the last stable minimum and the one after it. */
function told(before: Point, after: Point, drop: number): void {
  const back = deformed(after, [...before.vectors]);
  const du = back.positions.map((x, k) => x - before.positions[k]);
  const box = createBox(3, before.vectors);
  for (let k = 0; k < du.length; k += 3) minimumImage(box, du.subarray(k, k + 3));
  const n = du.length / 3;
  const mean = [0, 1, 2].map((a) => du.reduce((sum, x, k) => (k % 3 === a ? sum + x : sum), 0) / n);
  const squares = Float64Array.from({ length: n }, (_, p) =>
    [0, 1, 2].reduce((sum, a) => sum + (du[3 * p + a] - mean[a]) * (du[3 * p + a] - mean[a]), 0),
  );
  const order = [...squares.keys()].sort((p, q) => squares[q] - squares[p]);
  const [first] = order;
  const fourth = squares.reduce((sum, s) => sum + s * s, 0);
  const total = squares.reduce((sum, s) => sum + s, 0);
  const pairs = pairsOf(
    ForceField.create(
      { ...glass, box: createBox(3, before.vectors), positions: Float64Array.from(before.positions) },
      model,
    ).interactions(),
  );
  const summary = {
    load,
    particles: n,
    strain: 0.5 * (before.strain + after.strain),
    bracket: [before.strain, after.strain],
    drop,
    stress: [along(before), along(after)],
    across: [before.stress[4], before.stress[8]],
    particle: first,
    species: model.species[glass.species[first]],
    position: before.positions.slice(3 * first, 3 * first + 3),
    displacement: Math.sqrt(squares[first]),
    furthest: order.slice(0, 10),
    participating: (total * total) / fourth,
    evaluations,
    pairs: pairs.count,
  };
  writeFileSync(stateFile.replace(/\.json$/, ".event.json"), JSON.stringify(summary, null, 2));
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}
