import { ensembleName } from "@softfield/campaign";
import { type PresetName, preset } from "softfield";

/** What `softfield init --benchmark` fills in. */
interface TemplateValues {
  readonly name: string;
  readonly model: string;
  readonly particles: number;
  readonly seeds: string;
}

/** Three preparations of a model, the least stable first: name, protocol as YAML. */
function preparations(model: string): readonly (readonly [name: string, protocol: string])[] {
  const former = preset(model as PresetName).glass;
  if (former?.diameters) {
    const deep = Number((0.8 * former.glassTransition).toPrecision(2));
    return [
      ["quenched", "{kind: instantaneous}"],
      ["swapped", `{kind: swap, temperature: ${former.glassTransition}, sweeps: 20000}`],
      ["stable", `{kind: swap, temperature: ${deep}, sweeps: 100000}`],
    ];
  }
  return [
    ["quenched", "{kind: instantaneous}"],
    ["annealed", "{kind: anneal}"],
    ["slow", "{kind: cooling, coolingRate: 1e-3}"],
  ];
}

/** A campaign file of the benchmark: a model's glasses by three preparations, all indicators, eight loads. */
export function benchmarkTemplate({ name, model, particles, seeds }: TemplateValues): string {
  const ensembles = preparations(model).map(
    ([label, protocol]) =>
      `  ${ensembleName(model)}-${label}:\n    model: ${JSON.stringify(model).replace(/^"([\w.-]+)"$/, "$1")}\n    particles: ${particles}\n    seeds: ${seeds}\n    protocol: ${protocol}\n`,
  );
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
    events: 2           # plastic events of each
  #   maxStrain: 0.1
  #   indicators: [lte, modes, softening]   # all by default
keep:
  bonds: soft
`;
}
