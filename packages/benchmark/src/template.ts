import { ensembleName } from "@softfield/campaign";
import { indicators, type PresetName, preset, presetNames } from "softfield";

/** What `softfield init --benchmark` fills in. */
interface TemplateValues {
  readonly name: string;
  /** Presets or model files; the open benchmark's where none is named. */
  readonly models?: readonly string[];
  readonly particles: number;
  readonly seeds: string;
}

/** Of the open benchmark: three models, each by three preparations. */
const BENCHMARK_MODELS: readonly PresetName[] = ["2dipl", "poly2d", "falk-langer"];
/** Of its glasses: the least N at which a first event has surroundings of its own. */
export const BENCHMARK_PARTICLES = 400;
/** Cost more than all others together. */
const DEAR: readonly string[] = ["local-yield-strain", "local-yield-stress"];

type Preparations = readonly (readonly [name: string, protocol: string])[];

/** Three preparations of a model, the least stable first: name, protocol as YAML. */
function preparations(model: string): Preparations {
  const former = (presetNames as readonly string[]).includes(model)
    ? preset(model as PresetName).glass
    : undefined;
  if (model === "falk-langer") {
    return [
      ["htl", "{kind: htl}"],
      ["esl", "{kind: esl, annealTime: 1000}"],
      ["gq", "{kind: gq, annealTime: 1000, coolingRate: 1e-3}"],
    ];
  }
  if (former?.diameters) {
    const parent = (part: number) => Number((part * former.glassTransition).toPrecision(2));
    return [
      ["quenched", "{kind: instantaneous}"],
      ["swapped", `{kind: swap, temperature: ${parent(1.6)}, sweeps: 5000}`],
      ["stable", `{kind: swap, temperature: ${parent(1)}, sweeps: 20000}`],
    ];
  }
  return [
    ["quenched", "{kind: instantaneous}"],
    ["annealed", "{kind: anneal}"],
    ["slow", "{kind: cooling, coolingRate: 1e-3}"],
  ];
}

/** A campaign file of the benchmark: glasses of each model by three preparations, eight loads, every indicator but the dear ones. */
export function benchmarkTemplate({
  name,
  models = BENCHMARK_MODELS,
  particles,
  seeds,
}: TemplateValues): string {
  const ensembles = models.flatMap((model) =>
    preparations(model).map(
      ([label, protocol]) =>
        `  ${ensembleName(model)}-${label}:\n    model: ${JSON.stringify(model).replace(/^"([\w.-]+)"$/, "$1")}\n    particles: ${particles}\n    seeds: ${seeds}\n    protocol: ${protocol}\n`,
    ),
  );
  const scored = indicators.names.filter((one) => !DEAR.includes(one));
  return `# A benchmark of structural indicators: which of them foretells where glasses yield (docs/BENCHMARK.md).
#   softfield run ${name}.yaml         makes the glasses, shears and scores them; stop and start it as you like
#   softfield benchmark ${name}.yaml   league table, report, and a bundle to deposit; --add FILE scores yours beside
name: ${name}

ensembles:
${ensembles.join("\n")}
compute:
  lte:
  benchmark:
    loads: 8            # directions of simple shear
    events: 1           # plastic events of each
    values: true        # scored by their values at the particles, too, beside the fields that average these
  #   maxStrain: 0.1
    # all but ${DEAR.join(" and ")}, which take ten times as long as the rest
    indicators:
${scored.map((one) => `      - ${one}\n`).join("")}keep:
  bonds: soft
`;
}
