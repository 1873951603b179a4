import { type Results, version } from "@softfield/node";
import type { Indicator, IndicatorScore, PairModel } from "softfield";
import { inFileBox } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { behind } from "../shell/units.ts";
import { scoresTable } from "../softness/tables.ts";
import type { Foretold } from "./prediction.ts";

/** What `softfield predict` says; printed by --json, written to .json. */
export interface PredictionSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly status: string;
  readonly bins: readonly number[];
  /** Soft spots by each indicator. */
  readonly spots: Readonly<Record<string, number>>;
  /** With the scores of each by its name. */
  readonly events: readonly object[];
  /** The load, in words. */
  readonly load: string;
  /** Why spots have no yield strains, and a forecast no places by the slopes of E, if so. */
  readonly unstrained?: string;
  /** Where the glass was foretold to yield, in order, places in the box of the file, λ; with --forecast. */
  readonly forecast?: readonly { strain: number; particle: number; position: number[] }[];
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

export function summarisePrediction(
  configuration: Configuration,
  { maps, shear, scores, foretold, forecast, followed, unstrained }: Foretold,
  { outputs, load }: Pick<PredictionSummary, "outputs" | "load">,
): PredictionSummary {
  const { file, model, system, warnings } = configuration;
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    status: shear.status,
    bins: maps[0].field.counts,
    spots: Object.fromEntries(maps.map(({ indicator, spots }) => [indicator.name, spots.spots.length])),
    load,
    events: scores.map(({ scores: by, ...event }, k) => ({
      ...event,
      position: Array.from(event.position),
      ...by,
      foretold: foretold[k],
      ...(followed && { followed: followed[k] }),
    })),
    ...(unstrained !== undefined && { unstrained }),
    ...(forecast && {
      forecast: forecast.folds.map(({ strain, particle, position }) => ({
        strain,
        particle,
        position: Array.from(inFileBox(configuration, position)),
      })),
    }),
    outputs,
    warnings,
  };
}

function namesOf({ maps }: Pick<Foretold, "maps">): readonly string[] {
  return maps.map(({ indicator }) => indicator.name);
}

/** A row an event. */
export function predictionResults(found: Foretold, summary: PredictionSummary): Results {
  return { table: scoresTable(found.scores, namesOf(found), found), summary };
}

/** What an indicator is called in sentences. */
const BY: Readonly<Record<string, string>> = { lte: "E", modes: "normal modes" };
const by = ({ name, short }: Indicator) => BY[name] ?? short;

/** The prediction for people. */
export function predictionText(
  { file, bins, status, load, forecast, outputs, warnings }: PredictionSummary,
  { maps, scores, foretold, followed, unstrained }: Foretold,
  model: PairModel,
): string {
  const names = namesOf({ maps });
  const found = ({ nearest, correlation }: IndicatorScore) => {
    if (!nearest) return "no spots".padEnd(34);
    const { rank, standardized, distance } = nearest;
    const words = `rank ${rank}, Δε ${standardized.toFixed(2)}, ${distance.toFixed(1)}${behind("λ", model)} away, C ${correlation.toFixed(2)}`;
    return words.padEnd(40 + behind("λ", model).length);
  };
  const counts = maps.map(({ indicator, spots }, k) => {
    const count = spots.spots.length;
    return `${count}${k === 0 ? " soft spots" : ""} by ${by(indicator)}`;
  });
  const heads = maps.map(({ indicator }, k) =>
    `${k === 0 ? "nearest spot " : ""}by ${by(indicator)}`.padEnd(42),
  );
  return [
    `glass     ${file}`,
    `field     ${bins.join(" × ")} bins, ${counts.join(", ")}`,
    `shear     ${load}: ${scores.length} plastic events${status === "complete" ? "" : ` up to the largest strain (${status})`}`,
    `event  strain     foretold${forecast ? "    cubic (rank)     local (rank)   " : "   "}${followed ? "  followed (rank)" : ""} particle  ${heads.join("")}`.trimEnd(),
    ...scores.map(({ ordinal, strain, particle, scores: of }, k) => {
      const told = names.map((name) => found(of[name])).join("  ");
      const { linear, cubic = Number.NaN, cubicRank = 0, local = Number.NaN, rank = 0 } = foretold[k];
      const others = [placeText(cubic, cubicRank), placeText(local, rank)];
      if (followed) others.push(placeText(followed[k].strain, followed[k].rank));
      const before =
        (linear < 0 ? OTHER_WAY : strainText(linear)).padEnd(9) +
        (forecast ? `  ${others.map((told) => told.padEnd(15)).join("  ")}` : "");
      return `${String(ordinal).padStart(5)}  ${strain.toFixed(7)}  ${before}  ${String(particle).padStart(8)}  ${told}`.trimEnd();
    }),
    ...(unstrained === undefined ? [] : [`note      spots have no yield strains: ${unstrained}`]),
    ...(unstrained !== undefined && forecast ? [WITHOUT_SLOPES] : []),
    ...(foretold.some(({ linear }) => linear < 0)
      ? [`note      ${OTHER_WAY}: the load stiffens the nearest spot, and its opposite softens it`]
      : []),
    ...(forecast ?? [])
      .slice(0, 5)
      .map(
        (one, k) =>
          `forecast  ${k + 1}. γ = ${one.strain.toPrecision(4)}, particle ${one.particle}, at ${one.position.map((x) => x.toFixed(1)).join(" ")}`,
      ),
    ...(forecast?.length === 0 ? ["forecast  nowhere: no place that was tried yields by itself"] : []),
    ...warnings.map((warning) => `warning   ${warning}`),
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}

/** Of a glass whose factor has no room for its derivative: what `softeningPlaces` cannot find. */
const WITHOUT_SLOPES =
  "note      the forecast tries the places of the census alone, none by the slopes of E, for the same reason";

/** Of a spot whose yield strain is negative. */
const OTHER_WAY = "other way";
const strainText = (strain: number) => (Number.isNaN(strain) ? "–" : strain.toFixed(7));
const placeText = (strain: number, rank: number) =>
  rank === 0 ? "nowhere" : `${strainText(strain)} (${rank})`;
