import { SoftfieldError } from "../errors.ts";
import type { TableColumn } from "../formats/index.ts";
import { type Indicator, type IndicatorOptions, indicators } from "../indicators/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";

/** The values of several indicators as columns: of the particles, and of the terms of each family of interactions. */
export interface IndicatorColumns {
  readonly particles: readonly TableColumn[];
  /** One list a family, the pairs first, in the order of `minimum.interactions.families`. */
  readonly terms: readonly (readonly TableColumn[])[];
  /** Indicators that this glass does not have, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Which indicators: these alone, or all that are registered but for some. */
export interface IndicatorChoice {
  readonly only?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

/**
 * The indicators of a choice at a minimum, in one pass: factor and inverse are made once. Those of
 * interactions are columns of the terms, and of the particles as NAME_max, the largest |value| of a particle's terms, and
 * NAME_mean, the mean of |value|. An indicator that refuses the glass is left out with its reason, unless it was named.
 */
export function indicatorColumns(
  minimum: Minimum,
  { only, without = [] }: IndicatorChoice = {},
  options: IndicatorOptions = {},
  control: WorkControl = {},
): IndicatorColumns {
  const left = without.map((name) => indicators.get(name));
  const asked =
    only?.map((name) => indicators.get(name)) ?? indicators.all.filter((one) => !left.includes(one));
  const particles: TableColumn[] = [];
  const terms: TableColumn[][] = minimum.interactions.families.map(() => []);
  const refused = new Map<string, string>();
  asked.forEach((indicator, done) => {
    control.onProgress?.({ stage: "indicators", done, total: asked.length, detail: indicator.name });
    const found = valuesOf(indicator, minimum, options, { named: only !== undefined, refused, control });
    if (!found) return;
    const { name, unit, description } = indicator;
    if (indicator.of === "particles") {
      particles.push({ name: columnName(name), values: found[0].values, unit, description });
      return;
    }
    found.forEach(({ values }, f) => {
      terms[f]?.push({ name: columnName(name), values, unit, description });
    });
    const { largest, mean } = spread(found, minimum.system.species.length);
    const of = `of a particle's interactions: ${description}`;
    particles.push(
      { name: `${columnName(name)}_max`, values: largest, unit, description: `largest |value| ${of}` },
      { name: `${columnName(name)}_mean`, values: mean, unit, description: `mean |value| ${of}` },
    );
  });
  return { particles, terms, refused };
}

/** As it stands in headers of tables: "debye_waller". */
function columnName(name: string): string {
  return name.replaceAll("-", "_");
}

function valuesOf(
  indicator: Indicator,
  minimum: Minimum,
  options: IndicatorOptions,
  { named, refused, control }: { named: boolean; refused: Map<string, string>; control: WorkControl },
) {
  try {
    return indicator.run(minimum, options, control);
  } catch (error) {
    if (named || !isRefusal(error)) throw error;
    refused.set(indicator.name, error.message);
    return undefined;
  }
}

function isRefusal(error: unknown): error is SoftfieldError {
  return error instanceof SoftfieldError && error.code !== "aborted" && error.code !== "not-a-minimum";
}

/** Of every particle the largest and the mean |value| of its terms; NaN where it has none. */
function spread(families: ReturnType<Indicator["run"]>, count: number) {
  const largest = new Float64Array(count).fill(Number.NaN);
  const sums = new Float64Array(count);
  const terms = new Int32Array(count);
  for (const { sites, values } of families)
    for (const list of sites.members)
      for (let t = 0; t < list.length; t++) {
        const value = Math.abs(values[t]);
        if (Number.isNaN(value)) continue;
        const p = list[t];
        if (!(largest[p] >= value)) largest[p] = value;
        sums[p] = sums[p] + value;
        terms[p] = terms[p] + 1;
      }
  return { largest, mean: sums.map((sum, p) => sum / terms[p]) };
}
