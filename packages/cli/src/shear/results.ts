import type { Results } from "@softfield/node";
import { version } from "@softfield/node";
import {
  type Cycle,
  type CyclicEvent,
  type CyclicPoint,
  type CyclicResult,
  frameOfSystem,
  type PairModel,
  type PathPoint,
  type PlasticEvent,
  type ShearResult,
  type Table,
  type TableColumn,
} from "softfield";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { behind, stressOf } from "../shell/units.ts";

type Loaded = ShearResult | CyclicResult;

/** What `softfield shear` says of a run; printed by --json, written to .json. */
export interface ShearSummary extends Pick<ShearResult, "status" | "message" | "strain" | "work"> {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  /** In words. */
  readonly load: string;
  readonly shear: object;
  readonly events: readonly Omit<PlasticEvent, "displacements">[];
  readonly path: ShearResult["path"];
  readonly cycles?: readonly Cycle[];
  readonly resolution?: ShearResult["resolution"];
  readonly seconds: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

export function summarise(
  { file, model, system, warnings }: Configuration,
  result: Loaded,
  rest: Pick<ShearSummary, "load" | "shear" | "seconds" | "outputs">,
): ShearSummary {
  const { status, message, strain, work, events, path } = result;
  return {
    file,
    version,
    model: model.name,
    dimension: system.box.dimension,
    particles: system.species.length,
    status,
    message,
    strain,
    events: events.map(({ displacements: _, ...event }) => event),
    path,
    ...("cycles" in result && { cycles: result.cycles }),
    ...("resolution" in result && result.resolution && { resolution: result.resolution }),
    work,
    ...rest,
    warnings,
  };
}

/** Events as a table, the final configuration as a frame. */
export function shearResults(configuration: Configuration, result: Loaded, summary: ShearSummary): Results {
  const metadata = {
    source: summary.file,
    model: summary.model,
    load: summary.load,
    particles: summary.particles,
    softfield: version,
  };
  const info = new Map<string, string | number>([...Object.entries(metadata), ["strain", result.strain]]);
  return {
    table: { columns: eventColumns(result.events), metadata },
    frame: frameOfSystem(result.system, configuration.model, {
      info,
      ...fileExtras(configuration, result.system),
    }),
    summary,
  };
}

/** Cycle and heading of what a cyclic load has passed. */
function cyclicColumns(
  rows: readonly (PlasticEvent | PathPoint | CyclicEvent | CyclicPoint)[],
): TableColumn[] {
  const cyclic = rows.flatMap((row) => ("cycle" in row ? [row] : []));
  if (cyclic.length === 0) return [];
  return [
    { name: "cycle", values: Int32Array.from(cyclic, ({ cycle }) => cycle) },
    { name: "heading", values: Int32Array.from(cyclic, ({ heading }) => heading) },
  ];
}

/** Stress over strain: a row a minimum on the way. */
export function pathTable({ path, system }: Loaded, summary: ShearSummary): Table {
  const column = (
    name: string,
    of: (point: PathPoint) => number | undefined,
    unit?: string,
    description?: string,
  ) => ({
    name,
    values: Float64Array.from(path, (point) => of(point) ?? Number.NaN),
    unit,
    description,
  });
  const stress = `ε/λ${system.box.dimension === 2 ? "²" : "³"}`;
  const freedom = path[0]?.stretches?.length ?? 0;
  return {
    columns: [
      column("strain", ({ strain }) => strain),
      column("stress", (point) => point.stress, stress, `of the load: ${summary.load}`),
      column("energy", ({ energy }) => energy, "ε", freedom > 0 ? "U + P(V − V₀)" : undefined),
      column("modulus", ({ modulus }) => modulus, stress, "slope of the stress"),
      column("eigenvalue", ({ eigenvalue }) => eigenvalue, "ε/λ²"),
      ...Array.from({ length: freedom }, (_, k) =>
        column(
          `stretch_${k + 1}`,
          ({ stretches }) => stretches?.[k],
          undefined,
          "of the box where it is free, less 1",
        ),
      ),
      { name: "events", values: Int32Array.from(path, ({ events }) => events) },
      ...cyclicColumns(path),
    ],
    metadata: { model: summary.model, load: summary.load, softfield: version },
  };
}

function eventColumns(events: readonly PlasticEvent[]): TableColumn[] {
  const real = (
    key: "strain" | "energyBefore" | "energyAfter" | "drop" | "stressBefore" | "stressAfter",
    unit?: string,
  ) => ({
    name: key,
    values: Float64Array.from(events, (event) => event[key]),
    unit,
  });
  const whole = (key: "ordinal" | "particle" | "trigger" | "modeParticle" | "rearranged") => ({
    name: key,
    values: Int32Array.from(events, (event) => event[key]),
  });
  const d = events[0]?.position.length ?? 2;
  const stress = `ε/λ${d === 2 ? "²" : "³"}`;
  return [
    whole("ordinal"),
    real("strain"),
    whole("particle"),
    whole("trigger"),
    whole("modeParticle"),
    ...Array.from({ length: d }, (_, a) => ({
      name: "xyz"[a] as string,
      values: Float64Array.from(events, ({ position }) => position[a]),
      unit: "λ",
    })),
    real("energyBefore", "ε"),
    real("energyAfter", "ε"),
    real("drop", "ε"),
    real("stressBefore", stress),
    real("stressAfter", stress),
    { name: "displacement", unit: "λ", values: Float64Array.from(events, (event) => event.displacement) },
    { name: "participation", values: Float64Array.from(events, (event) => event.participation) },
    whole("rearranged"),
    ...cyclicColumns(events),
    { name: "stableAt", values: Float64Array.from(events, ({ bracket }) => bracket[0]) },
    { name: "unstableAt", values: Float64Array.from(events, ({ bracket }) => bracket[1]) },
    { name: "dropError", unit: "ε", values: Float64Array.from(events, (event) => event.dropError) },
    { name: "onset", values: events.map((event) => event.onset) },
  ];
}

/** Displacement fields of all events: a row an event and particle. */
export function displacementTable({ events }: Loaded, particles: number): Table {
  const d = events[0] ? (events[0].displacements?.length ?? 0) / particles : 0;
  const rows = events.length * particles;
  const ordinal = Int32Array.from({ length: rows }, (_, k) => Math.floor(k / particles) + 1);
  const particle = Int32Array.from({ length: rows }, (_, k) => k % particles);
  const component = (a: number) => ({
    name: `u_${"xyz"[a]}`,
    values: Float64Array.from(
      { length: rows },
      (_, k) => events[Math.floor(k / particles)].displacements![(k % particles) * d + a],
    ),
    unit: "λ",
    description: "displacement at the event, affine part excluded",
  });
  return {
    columns: [
      { name: "event", values: ordinal },
      { name: "particle", values: particle },
      ...Array.from({ length: d }, (_, a) => component(a)),
    ],
    metadata: { softfield: version },
  };
}

/** The run for people. */
export function summaryText(summary: ShearSummary, units: PairModel): string {
  const stress = behind(stressOf(summary.dimension), units);
  const { events, model, particles, dimension, work, seconds } = summary;
  const lines = [`${model}, ${dimension}D, N = ${particles}, ${summary.load}`];
  for (const e of events) {
    lines.push(
      `event ${e.ordinal}: strain ${e.strain.toFixed(9)}, particle ${e.particle} (trigger ${e.trigger}), ` +
        `energy −${e.drop.toPrecision(4)}${behind("ε", units)}, stress ${e.stressBefore.toPrecision(5)} → ${e.stressAfter.toPrecision(5)}${stress}`,
    );
  }
  for (const { ordinal, events: own, dissipated, energy, period, moved } of summary.cycles ?? []) {
    const back =
      period === 1
        ? "back where it began"
        : period > 1
          ? `back where it was ${period} cycles ago`
          : `elsewhere, by ${moved.toPrecision(3)}${behind("λ", units)}`;
    lines.push(
      `cycle ${ordinal}: ${own} events, ${dissipated.toPrecision(4)}${behind("ε", units)} dissipated, energy ${energy.toPrecision(8)}, ${back}`,
    );
  }
  lines.push(...accuracyLines(summary, behind("ε", units)));
  if (summary.message !== "") lines.push(`${summary.status}: ${summary.message}`);
  lines.push(
    `${seconds.toFixed(1)} s, ${work.evaluations} force evaluations, ${work.factorizations} factorisations`,
    ...summary.warnings.map((warning) => `warning: ${warning}`),
    ...summary.outputs.map((path) => `wrote ${path}`),
  );
  return `${lines.join("\n")}\n`;
}

/** How well events are known where the potential has jumps; elsewhere brackets and folds say it. */
function accuracyLines({ events, resolution }: ShearSummary, unit: string): string[] {
  if (!resolution) return [];
  const most = (values: readonly number[]) => Math.max(...values).toExponential(1);
  const found =
    events.length === 0
      ? ""
      : `strains ± ${most(events.map(({ bracket }) => bracket[1] - bracket[0]))}, drops ± ${most(events.map(({ dropError }) => dropError))}${unit}; `;
  const jumps = events.filter(({ onset }) => onset === "jump").map(({ ordinal }) => ordinal);
  const ended = jumps.length === 0 ? "" : `; no fold was seen before ${named(jumps)}: contacts or cutoffs`;
  return [
    `accuracy: ${found}derivatives of φ jump in this model, and drops below ${resolution.drop.toExponential(1)}${unit} that move ` +
      `no particle further than ${resolution.displacement.toExponential(1)} may pass unseen${ended}`,
  ];
}

function named(ordinals: readonly number[]): string {
  return `${ordinals.length === 1 ? "event" : "events"} ${ordinals.join(", ")}`;
}
