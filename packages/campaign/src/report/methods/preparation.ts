import { dirname, relative } from "node:path";
import { type Protocol, stagesOf } from "softfield/internal";
import type { Ensemble } from "../../plan/campaign.ts";
import { describeSeeds } from "../../plan/seeds.ts";
import { namerOf, type UnitNamer } from "../units.ts";
import type { MethodsSource } from "./source.ts";

/** Of each ensemble how its glasses were made, or which files they are. */
export function preparationSentences({
  campaign,
  folder,
}: Pick<MethodsSource, "campaign" | "folder">): string[] {
  return campaign.ensembles.map((ensemble) => {
    const { name, model, particles, protocol, glasses } = ensemble;
    const size = `N = ${particles} particles in ${model.dimension ?? glasses?.dimension ?? 3}D`;
    if (glasses) return `${name}: ${fileSentence(ensemble, folder)} of ${size}.`;
    const seeds = campaign.seeds.get(name) ?? [];
    const density = model.glass === undefined ? "" : ` at the density N/V = ${model.glass.density}`;
    const made = protocol === undefined ? "" : ` ${protocolSentences(protocol, namerOf(model))}`;
    return `${name}: ${seeds.length} glasses of ${size}${density}, seeds ${describeSeeds(seeds, { to: "–" })}.${made}`;
  });
}

/** Which files an ensemble is. */
function fileSentence({ glasses: own }: Ensemble, folder: string): string {
  const files = [...own!.files.values()];
  const paths = [...new Set(files.map(({ path }) => relative(dirname(folder), path)))].sort();
  const frames = files.length === paths.length ? "" : `${files.length} frames of `;
  const where = paths.length === 1 ? paths[0] : `${paths[0]} to ${paths.at(-1)}`;
  const how = own!.minimize
    ? ", each brought to its inherent structure,"
    : ", minima as they are (polished where digits were lost),";
  return `a group of its own, ${frames}${paths.length} ${paths.length === 1 ? "file" : "files"} (${where})${how}`;
}

/** What "anneal", "cooling" … do, with every number. */
function protocolSentences(protocol: Protocol, named: UnitNamer): string {
  const { kind, liquidTemperature: hot, dt, relaxation, minimizer, tolerance } = protocol;
  const [temperature, time] = [` ${named("ε")}/k_B`, ` ${named("τ₀")}`];
  const stages = stagesOf(protocol);
  const lasting = (k: number) => `${number(stages[k].steps * dt)}${time}`;
  const liquid = `Liquids were simulated at T = ${hot}${temperature} for ${lasting(0)} by molecular dynamics (time step ${number(dt)}${time}, velocities rescaled stochastically after Bussi, Donadio and Parrinello with the relaxation time ${number(relaxation)}${time})`;
  const annealed = () =>
    `, scaled at once to T = ${protocol.annealTemperature}${temperature} and annealed there for ${lasting(1)}`;
  const then = {
    anneal: annealed,
    htl: annealed,
    esl: annealed,
    gq: () =>
      `${annealed()}, and cooled to T = ${protocol.finalTemperature}${temperature} at the rate ${number(protocol.coolingRate!)}${temperature}/(${named("τ₀")}) within ${lasting(2)}`,
    instantaneous: () => "",
    cooling: () =>
      `, and cooled to T = ${protocol.finalTemperature}${temperature} at the rate ${protocol.coolingRate}${temperature}/(${named("τ₀")}) within ${lasting(1)}`,
    swap: () =>
      `, and held at T = ${protocol.temperature}${temperature} for ${stages[1].steps} Monte Carlo sweeps, ${number(100 * protocol.swapShare!)} % of whose attempts exchange two diameters`,
  }[kind]();
  const { pressure } = protocol;
  const held =
    pressure === undefined
      ? "at constant volume"
      : `at the pressure ${pressure}${kind === "swap" ? "" : " (at which the liquid was held by Monte Carlo moves of its volume)"}, the size of the box free,`;
  const quench = kind === "instantaneous" ? "quenched instantaneously" : "then brought";
  return `${liquid}${then}, ${quench} to the inherent structure ${held} by ${minimizer.toUpperCase()}, until the largest force was below ${tolerance} of the typical pair force.`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}
