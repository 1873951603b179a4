import { type OpenEngine, openEngine } from "@softfield/node";
import { type EngineMinimum, engineEnergies, engineMinimum, type WorkControl } from "softfield";
import { compressedRows, lowestNormalModes, mapped, requirePeriodic, transposed } from "softfield/internal";
import { resultsOf, summarise } from "../../engine/lte.ts";
import { modesResults, summariseModes } from "../../engine/modes.ts";
import type { EngineGlass } from "../../engine/subject.ts";
import { engineAnswer, wire } from "../answers.ts";
import type { ClientForces } from "../clientforces.ts";
import { snapshotIn } from "../configuration.ts";
import type { Answer } from "../messages.ts";
import { given, type Params, required } from "../params.ts";
import type { Method } from "./method.ts";
import { rowsAnswer } from "./response.ts";

const SECONDS = { seconds: { read: 0, work: 0 }, outputs: [] };

/** What is computed with the forces of a client, or of an engine here. */
export const engineMethods = {
  engineLte: (params, _state, control, forces) => {
    const sampling = {
      modes: params.flag("allModes") === true ? Infinity : params.whole("modes"),
      samples: params.whole("samples"),
      seed: params.whole("seed"),
    };
    return atMinimum(params, control, forces, async (glass, minimum) => {
      const found = { minimum, energies: await engineEnergies(minimum, sampling, control) };
      return engineAnswer(resultsOf(glass, found, summarise(glass, found, SECONDS)));
    });
  },

  engineModes: (params, _state, control, forces) => {
    const count = params.whole("count") ?? 30;
    return atMinimum(params, control, forces, (glass, minimum) => {
      const found = { minimum, modes: lowestNormalModes(minimum.factor, count, control, glass.masses) };
      return engineAnswer(modesResults(glass, found, summariseModes(glass, found, SECONDS)));
    });
  },

  engineHessian: (params, _state, control, forces) =>
    atMinimum(params, control, forces, (_glass, { matrix }) => rowsAnswer(compressedRows(matrix))),
} satisfies Record<string, Method>;

async function atMinimum(
  params: Params,
  control: WorkControl,
  forces: ClientForces,
  work: (glass: EngineGlass, minimum: EngineMinimum) => Answer | Promise<Answer>,
): Promise<Answer> {
  const options = given({
    refine: params.flag("refine"),
    range: params.number("range"),
    step: params.number("step"),
    secondStep: params.number("secondStep"),
  });
  const opened = await openIn(params, forces);
  try {
    params.complete();
    const { engine, snapshot } = opened;
    const { box, positions } = snapshot;
    const minimum = await engineMinimum({ engine, box, positions }, options, control);
    const glass = {
      ...opened,
      file: snapshot.source,
      model: engine.name,
      masses: snapshot.columns.get("mass")?.values,
    };
    const { value, arrays } = await work(glass, minimum);
    const d = box.dimension;
    const found = unturned(minimum.positions, snapshot.rotation, d);
    return { value, arrays: { ...arrays, positions: wire(found, found.length / d, d) } };
  } finally {
    await opened.close?.();
  }
}

/** The engine of a request: `engine`, a name, with `script`, what it is given; or the client itself, called `name`. */
async function openIn(params: Params, forces: ClientForces): Promise<OpenEngine> {
  const name = params.text("name") ?? "the engine";
  const kind = params.text("engine");
  const model = params.text("script") ?? "";
  const patience = params.number("patience") ?? 600;
  const snapshot = await snapshotIn(params);
  if (kind !== undefined) return await openEngine(kind, { model, snapshot, patience });
  const own = required("configuration", snapshot);
  const { rotation, dimension: d } = own;
  requirePeriodic(own, d);
  const engine = {
    name,
    forces: async (positions: Float64Array) => {
      const answer = await forces(unturned(positions, rotation, d), d);
      return rotation ? { ...answer, forces: mapped(answer.forces, rotation, d) } : answer;
    },
  };
  return { engine, snapshot: own, warnings: [] };
}

/** Vectors as they were before the lattice was turned: Qᵀ·x. */
function unturned(vectors: Float64Array, rotation: Float64Array | undefined, d: 2 | 3): Float64Array {
  return rotation ? mapped(vectors, transposed(rotation, d), d) : vectors.slice();
}
