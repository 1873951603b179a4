import { ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { type ScalingSample, scalingExponent, square } from "softfield/internal";
import type { SampleWaves, VibrationData } from "../vibrations.ts";

/** What Eq. 4 says of plane waves: powers of ω. */
const EXPECTED = [
  { quantity: "self_coupling", of: ({ selfCoupling }: SampleWaves) => selfCoupling, power: 3 },
  { quantity: "cross_coupling", of: ({ crossCoupling }: SampleWaves) => crossCoupling, power: 3 },
  { quantity: "projection", of: ({ projection }: SampleWaves) => projection, power: 1 },
] as const;

/** Fewer wave numbers make no exponent. */
const MIN_WAVES = 3;

/** Plane waves, root mean square over samples. */
export function waveTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, vibrations: { waves } }) =>
    [...grouped(waves, ({ polarisation, wave }) => `${polarisation} ${wave}`).values()].map((own) => {
      const rms = (of: (row: SampleWaves) => number) =>
        Math.sqrt(own.reduce((sum, row) => sum + square(of(row)), 0) / own.length);
      const { polarisation, wave } = own[0];
      return [
        ...[name, polarisation, wave, own.length],
        ...[rms((row) => row.frequency), rms((row) => row.relaxedFrequency)],
        ...EXPECTED.map(({ of }) => rms(of)),
      ];
    }),
  );
  return {
    name: "waves",
    title: "Plane waves: affine and relaxed frequency, root mean square couplings (Eq. 4)",
    columns: [
      ...["ensemble", "polarisation", "wave", "samples", "frequency", "relaxed_frequency"],
      ...EXPECTED.map(({ quantity }) => quantity),
    ],
    rows,
  };
}

/** Powers of ω of the couplings of plane waves. */
export function waveExponentTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, vibrations: { waves } }) =>
    [...grouped(waves, ({ polarisation }) => polarisation)].flatMap(([polarisation, own]) =>
      EXPECTED.flatMap(({ quantity, of, power }) => {
        const most = own.reduce((max, { wave }) => Math.max(max, wave), 0);
        const samples = [...grouped(own, ({ seed }) => seed).values()].map((sample): ScalingSample => {
          return { x: sample.map(({ frequency }) => frequency), y: sample.map(of) };
        });
        const found = scalingExponent(samples);
        if (most < MIN_WAVES || found.status !== "ok") return [];
        return [[name, polarisation, quantity, power, samples.length, most, ...estimateCells(found)]];
      }),
    ),
  );
  return {
    name: "wave_exponents",
    title: "Powers of omega of the couplings of plane waves (the paper: c ~ omega^3, f.Psi ~ omega)",
    columns: ["ensemble", "polarisation", "quantity", "paper", "samples", "waves", ...ESTIMATE],
    rows,
  };
}

/** ω of the lowest transverse plane wave of the relaxed medium, the median over samples; undefined where not measured. */
export function firstWave({ vibrations: { waves } }: VibrationData): number | undefined {
  const first = waves.filter(({ polarisation, wave }) => polarisation === "transverse" && wave === 1);
  const sorted = first.map(({ relaxedFrequency }) => relaxedFrequency).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
