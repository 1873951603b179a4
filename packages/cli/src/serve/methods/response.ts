import {
  localThermalEnergy,
  normalModes,
  observeGlass,
  SoftfieldError,
  strainDerivatives,
  windowedThermalEnergy,
} from "softfield";
import {
  compressedRows,
  hessian,
  onAllParticles,
  pseudoInverse,
  rereadingNotes,
  withoutMean,
} from "softfield/internal";
import { excitationsUnder } from "../../census/excitations.ts";
import { censusResults, summariseCensus } from "../../census/results.ts";
import { modesResults, summariseModes } from "../../commands/modes.ts";
import { summariseAverages } from "../../commands/observe.ts";
import { lteResults } from "../../lte/results.ts";
import { summarise as summariseLte } from "../../lte/summary.ts";
import { observeResults } from "../../observe/results.ts";
import { loadOf, loadText, underLoad } from "../../shell/loads.ts";
import { answerOf, wire } from "../answers.ts";
import { given, loadIn, required, windowsIn } from "../params.ts";
import { placed } from "../place.ts";
import type { Method } from "./method.ts";

const NO_FILES = { read: 0, outputs: [] };

/** Linear response of a held glass. */
export const responseMethods = {
  lte: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const method = params.word("method", ["sparse", "dense"]);
    const derivative = params.flag("derivative") === true;
    const windows = windowsIn(params);
    params.complete();
    if (windows && (derivative || method === "dense")) {
      const other = derivative ? "derivative" : "method";
      const message = `windows and ${other} exclude each other: windows give energies with their errors, and nothing beside them`;
      throw new SoftfieldError("usage", message, { field: "windows" });
    }
    return placed(configuration, () => {
      const response = windows
        ? windowedThermalEnergy(minimum, windows, control)
        : localThermalEnergy(minimum, given({ method }), control);
      const notes = windows || method === "dense" ? [] : rereadingNotes(minimum, response);
      const derivatives = derivative ? strainDerivatives(minimum, undefined, control) : undefined;
      const summary = summariseLte(configuration, response, { ...NO_FILES, notes });
      return answerOf(configuration.model, lteResults(configuration, response, summary, derivatives));
    });
  },

  modes: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const count = params.whole("count") ?? 30;
    params.complete();
    return placed(configuration, () => {
      const modes = normalModes(minimum, { count }, control);
      const summary = summariseModes(configuration, modes, { seconds: { read: 0, modes: 0 }, outputs: [] });
      return answerOf(configuration.model, modesResults(configuration, modes, summary));
    });
  },

  observe: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    params.complete();
    return placed(configuration, () => {
      const glass = observeGlass(minimum, control);
      const summary = summariseAverages(configuration, glass, []);
      return answerOf(configuration.model, observeResults(configuration, glass, { summary, control }));
    });
  },

  census: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const asked = loadIn(params);
    const [local, barriers] = [params.whole("local", 0) ?? 0, params.whole("barriers", 0) ?? 0];
    const sizes = given({ modes: params.whole("modes", 1), bonds: params.whole("bonds", 0) });
    const directions = params.whole("surface", 0) ?? 0;
    params.complete();
    if (directions > 0 && local === 0)
      throw new SoftfieldError("usage", "surface is of the places that local follows: give it, too", {
        field: "surface",
      });
    return placed(configuration, () => {
      const found = excitationsUnder(
        minimum,
        { load: loadOf(asked), sizes, local, barriers, directions },
        control,
      );
      const load = loadText(asked, configuration.system.box.dimension);
      const seconds = { read: 0, census: 0 };
      const summary = summariseCensus(underLoad(configuration, loadOf(asked)), found, {
        load,
        seconds,
        outputs: [],
      });
      return answerOf(configuration.model, censusResults(configuration, found, summary));
    });
  },

  /** M of all particles by rows; those of rattlers are empty. */
  hessian: (params, state) => {
    const { minimum } = state.glass(params);
    params.complete();
    const { backbone, pattern, system } = minimum;
    const matrix = hessian(backbone.interactions, pattern);
    return rowsAnswer(compressedRows(matrix, backbone.particles, system.species.length));
  },

  /** The blocks of M⁺ on the pattern of M. */
  inverse: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    params.complete();
    return placed(configuration, () => {
      minimum.inverse(control);
      const { dimension, lower, diagonal } = pseudoInverse(minimum);
      const { backbone, system, pattern } = minimum;
      const { size, columnStarts, rows } = pattern;
      const matrix = { size, dimension, columnStarts, rows, lower, diagonal };
      return rowsAnswer(compressedRows(matrix, backbone.particles, system.species.length));
    });
  },

  /** M⁺·b of all particles, several columns; NaN on rattlers. */
  solve: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const b = required("b", params.reals("b"));
    params.complete();
    const { backbone, system } = minimum;
    const d = system.box.dimension;
    const size = system.species.length * d;
    if (b.length === 0 || b.length % size !== 0) {
      const message = `b has ${b.length} numbers; it must have ${size}, a force a coordinate, or a multiple of that`;
      throw new SoftfieldError("usage", message, { field: "b" });
    }
    const count = b.length / size;
    const kept = backbone.particles.length * d;
    const own = new Float64Array(count * kept);
    for (let r = 0; r < count; r++) {
      backbone.particles.forEach((p, k) => {
        own.set(b.subarray(r * size + p * d, r * size + (p + 1) * d), r * kept + k * d);
      });
      // A common force has no answer: M⁺ leaves it out.
      own.set(withoutMean(own.slice(r * kept, (r + 1) * kept), d), r * kept);
    }
    return placed(configuration, () => {
      minimum.factor(control);
      const x = minimum.solve(own, count);
      for (let r = 0; r < count; r++) x.set(withoutMean(x.slice(r * kept, (r + 1) * kept), d), r * kept);
      const all = onAllParticles(backbone, x, d, Number.NaN);
      return { value: {}, arrays: { x: wire(all, count, system.species.length, d) } };
    });
  },
} satisfies Record<string, Method>;

/** A matrix by rows as arrays. */
export function rowsAnswer({ size, starts, columns, values }: ReturnType<typeof compressedRows>) {
  return {
    value: { size },
    arrays: { indptr: wire(starts), indices: wire(columns), data: wire(values) },
  };
}
