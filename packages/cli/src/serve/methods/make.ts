import { type GlassRecipe, makeGlass, type ProtocolOptions, resolveProtocol } from "softfield";
import { crystalNames, METHODS, PROTOCOL_KINDS, PROTOCOL_QUANTITIES } from "softfield/internal";
import { crystalOf, summariseCrystal } from "../../commands/crystal.ts";
import { checkLiquid, unfinished } from "../../make/outcome.ts";
import { systemArrays } from "../answers.ts";
import { modelIn } from "../configuration.ts";
import { given, type Params, required } from "../params.ts";
import type { Method } from "./method.ts";

/** Numbers of a protocol, in units of the model. */
const NUMBERS = [...Object.keys(PROTOCOL_QUANTITIES), "sweeps", "swapShare", "pressure", "tolerance"];

/** What makes glasses. */
export const makeMethods = {
  /** A glass from a seed, as `softfield make` makes it: the same bits. */
  make: (params, _, control) => {
    const model = modelIn(params);
    const particles = required("particles", params.whole("particles"));
    const seed = required("seed", params.whole("seed"));
    const protocol = resolveProtocol(model, protocolIn(params));
    const equilibrated = params.flag("equilibrated") === true;
    params.complete();
    if (equilibrated) checkLiquid("equilibrated", protocol.kind);
    const recipe: GlassRecipe = { model, particles, seed, protocol };
    const glass = makeGlass(recipe, control);
    const fault = unfinished(glass, recipe, equilibrated);
    if (fault) throw fault;
    const { mode: _mode, ...result } = glass.minimization;
    return {
      value: {
        ...{ ...result, protocol: glass.protocol, names: model.species },
        ...given({ equilibration: glass.equilibration }),
      },
      arrays: systemArrays(glass.system),
    };
  },
  /** A perfect crystal at rest. */
  crystal: (params) => {
    const model = modelIn(params);
    const asked = {
      lattice: params.word("lattice", crystalNames),
      cells: params.whole("cells", 1) ?? 3,
      species: params.text("species"),
      density: params.number("density"),
    };
    params.complete();
    const found = crystalOf(model, asked);
    const summary = summariseCrystal(model, found, []);
    return { value: { ...summary, names: model.species }, arrays: systemArrays(found.system) };
  },
} satisfies Record<string, Method>;

function protocolIn(params: Params): ProtocolOptions {
  return given<ProtocolOptions>({
    kind: params.word("protocol", PROTOCOL_KINDS),
    minimizer: params.word("minimizer", METHODS),
    ...Object.fromEntries(NUMBERS.map((name) => [name, params.number(name)])),
  });
}
