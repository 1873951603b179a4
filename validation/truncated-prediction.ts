/**
 * F_n as a function of the number k of lowest modes in the truncated sums of B.6 and B.7 (SI B of Zylberg 2017 leaves
 * open whether a partial diagonalisation suffices), on the sheared glasses of a campaign. Two ways: X in the span of
 * the k modes ("modes"), or M·X = −b solved exactly for the truncated b ("solved", the paper's way). Run:
 *
 *   softfield run docs/reproduction/campaign.yaml
 *   npx --no-install node --conditions=softfield-source validation/truncated-prediction.ts docs/reproduction/campaign.yaml 30 10,30,100
 *
 * The arguments after the file: how many samples, and which k. Errors are by bootstrap over samples.
 */
import { bootstrapMean, minimumOf, normalModes, pairsOf, softnessField, softSpots } from "softfield";
import { factorHessian, truncatedModeSums } from "softfield/internal";
import { solve } from "softfield/sparse";
import { overlap, pearson } from "./agreement.ts";
import {
  chanceAt,
  requireSamples,
  type ShearedSample,
  shearedSamples,
  standardizedAt,
} from "./campaign-samples.ts";
import { scriptArguments, wholeNumber } from "./script.ts";

interface Row {
  readonly correlation: number;
  readonly top: number;
  readonly spots: number;
  /** By chance, F(1) and F(2). */
  readonly chance: readonly number[];
  /** Δε of the spot nearest to each event. */
  readonly standardized: readonly number[];
}

const QUOTED = [
  [1, 1],
  [1, 2],
  [2, 2],
  [3, 2],
] as const;

const [file, given = "30", list = "10,30,100"] = scriptArguments(
  "truncated-prediction.ts CAMPAIGN.yaml [SAMPLES] [K,K,…]",
  1,
) as [string, string?, string?];
const samples = wholeNumber(given, "how many samples");
const ks = list.split(",").map((k) => wholeNumber(k, "each k"));
const rows = new Map<string, Row[]>();

let done = 0;
for await (const sample of shearedSamples(file)) {
  if (done === samples) break;
  judgeAll(sample);
  done++;
  process.stderr.write(`${done}/${samples} seed ${sample.seed}\n`);
}

requireSamples(done, file);
const heads = QUOTED.flatMap(([n, limit]) => [`F${n}(${limit})`, "±"]);
process.stdout.write(
  `${["X", "k", "glasses", "pearson", "±", "top1%", "±", "spots", "chance(1)", "chance(2)", ...heads].join("\t")}\n`,
);
for (const [key, own] of rows) process.stdout.write(`${[key, own.length, ...cells(own)].join("\t")}\n`);

function judgeAll(sample: ShearedSample): void {
  const { system, ensemble, interactions, lte } = sample;
  const { frequencies, vectors } = normalModes(minimumOf(system, ensemble.model), { count: Math.max(...ks) });
  const size = system.positions.length;
  const modes = Array.from(frequencies, (omega, k) => ({
    square: omega * omega,
    psi: vectors.subarray(k * size, (k + 1) * size),
  }));
  const { result } = factorHessian({ box: system.box, positions: system.positions, interactions });
  if (result.status !== "ok") throw new Error(`seed ${sample.seed} is no minimum`);
  const exactly = (b: Float64Array) => solve(result.factor, b);
  for (const k of ks) {
    const few = modes.slice(0, k);
    judge(sample, `modes\t${k}`, truncatedModeSums(interactions, few).energies[0].lte);
    judge(sample, `solved\t${k}`, truncatedModeSums(interactions, few, exactly).energies[0].lte);
  }
  judge(sample, "exact\tall", lte);
}

function judge(sample: ShearedSample, key: string, energies: Float64Array): void {
  const { system, interactions, lte } = sample;
  const field = softnessField(system.box, system.positions, [
    { sites: pairsOf(interactions).sites(), lte: energies },
  ]);
  const { spots } = softSpots(field, sample.seed);
  const own = rows.get(key) ?? [];
  own.push({
    correlation: pearson(lte, energies),
    top: overlap(lte, energies, Math.ceil(lte.length / 100)),
    spots: spots.length,
    chance: chanceAt(system, spots, [1, 2]),
    standardized: standardizedAt(
      system,
      spots,
      sample.events.map(({ particle }) => particle),
    ),
  });
  rows.set(key, own);
}

function cells(own: readonly Row[]): string[] {
  const mean = (values: readonly number[]) => {
    const { value, error } = bootstrapMean(values);
    return [value.toFixed(3), error.toFixed(3)];
  };
  return [
    ...mean(own.map(({ correlation }) => correlation)),
    ...mean(own.map(({ top }) => top)),
    bootstrapMean(own.map(({ spots }) => spots)).value.toFixed(1),
    ...[0, 1].map((k) => bootstrapMean(own.map(({ chance }) => chance[k])).value.toFixed(3)),
    ...QUOTED.flatMap(([n, limit]) =>
      mean(
        own.flatMap(({ standardized }) => (standardized.length < n ? [] : [+(standardized[n - 1] <= limit)])),
      ),
    ),
  ];
}
