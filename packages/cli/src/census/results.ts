import { type Results, version } from "@softfield/node";
import {
  type DoubleWellResult,
  frameOfSystem,
  type SpotSoftening,
  softestLoad,
  softestShear,
  type Table,
} from "softfield";
import { unitNamed } from "softfield/internal";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";

import type { Found, Loaded, LocalAnswer } from "./excitations.ts";

/** What `softfield census` says of a glass; printed by --json, written to .json. */
export interface CensusSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  /** The load, in words. */
  readonly load: string;
  readonly excitations: readonly {
    readonly particle: number;
    readonly threshold: number;
    readonly softest: number;
    readonly stiffness: number;
    readonly barrier: number;
    readonly participation: number;
    /** With --local: where its surroundings yield; null: nowhere. Then by pressure, λ^d/ε, and with --surface by direction. */
    readonly local?: number | null;
    readonly localByPressure?: number | null;
    readonly surface?: readonly { readonly angle: number; readonly strain: number | null }[];
    /** With --barriers. */
    readonly well?: Readonly<Record<string, string | number | boolean>>;
  }[];
  readonly seconds: { readonly read: number; readonly census: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

export function summariseCensus(
  { file, model, system, warnings }: Configuration,
  { excitations, directions }: Found,
  rest: Pick<CensusSummary, "load" | "seconds" | "outputs">,
): CensusSummary {
  const { load, ...others } = rest;
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    load,
    excitations: excitations.map(
      ({ particle, threshold: at, softest, stiffness, barrier, participation, local, well }) => ({
        particle,
        threshold: at,
        softest,
        stiffness,
        barrier,
        participation,
        ...(local && {
          local: orNull(local.strain),
          localByPressure: orNull(local.byPressure),
          ...(directions.length > 0 && {
            surface: directions.map((angle, k) => ({ angle, strain: orNull(local.surface[k]) })),
          }),
        }),
        ...(well && { well: wellRecord(well) }),
      }),
    ),
    ...others,
    warnings,
  };
}

const orNull = (x: number) => (Number.isNaN(x) ? null : x);

/** A coupling, or a dipole, d×d, as the slopes of a spot: what softens under which strain. */
function asSoftening(coupling: Float64Array): SpotSoftening {
  const d = Math.round(Math.sqrt(coupling.length));
  const [diagonal, sides]: [number[], number[]] = [[], []];
  for (let a = 0; a < d; a++) {
    diagonal.push(coupling[a * d + a]);
    for (let b = a + 1; b < d; b++) sides.push(coupling[a * d + b]);
  }
  return { squares: 1, products: Float64Array.from([...diagonal, ...sides]) };
}

/** A double well without its fields. */
function wellRecord(well: DoubleWellResult): Record<string, string | number | boolean> {
  if (well.status !== "found") return { ...well };
  const { saddle: _saddle, other: _other, ...numbers } = well;
  return numbers;
}

/** Columns of the double wells of those that were followed. */
function wellColumns(excitations: readonly Loaded[]): Table["columns"] {
  if (excitations.every(({ well }) => well === undefined)) return [];
  const real = (
    name: "barrier" | "back" | "difference" | "displacement" | "participation",
    unit: string,
    description: string,
  ) => ({
    name: `well_${name}`,
    values: Float64Array.from(excitations, ({ well }) =>
      well?.status === "found" ? well[name] : Number.NaN,
    ),
    unit,
    description,
  });
  return [
    real("barrier", "ε", "from this minimum to the saddle of index one; NaN: not followed, or none found"),
    real("back", "ε", "from the minimum behind it to the saddle"),
    real("difference", "ε", "energy of that minimum over this one's"),
    real("displacement", "λ", "from minimum to minimum"),
    real("participation", "1", "particles, of that displacement"),
  ];
}

/** Columns of how the surroundings of those that were followed yield. */
function localColumns({ excitations, directions }: Found, d: number): Table["columns"] {
  if (excitations.every(({ local }) => local === undefined)) return [];
  const real = (
    name: string,
    value: (local: LocalAnswer) => number,
    unit: string,
    description: string,
  ): Table["columns"][number] => ({
    name,
    values: Float64Array.from(excitations, ({ local }) => (local ? value(local) : Number.NaN)),
    unit,
    description,
  });
  const axes = Array.from("xyz".slice(0, d));
  return [
    real(
      "local_threshold",
      ({ strain }) => strain,
      "1",
      "γ_c at which its surroundings yield under the load; NaN: not tried, or none",
    ),
    real(
      "local_by_pressure",
      ({ byPressure }) => byPressure,
      d === 2 ? "λ²/ε" : "λ³/ε",
      "dγ_c/dp: of the isotropic strain −dp/K beside the load",
    ),
    ...axes.flatMap((a, k) =>
      axes
        .slice(k)
        .map((b, l) =>
          real(
            `local_by_${a}${b}`,
            ({ sensitivity }) => (l === 0 ? 1 : 2) * sensitivity[k * d + k + l],
            "1",
            `dγ_c/de_${a}${b} of a further strain of the box`,
          ),
        ),
    ),
    ...directions.map((angle, k) =>
      real(
        `local_at_${angle}`,
        ({ surface }) => surface[k],
        "1",
        `γ_c of its surroundings under shear along ${angle}°`,
      ),
    ),
  ];
}

type Real = (
  name: string,
  value: (one: Loaded) => number,
  unit: string,
  description: string,
) => Table["columns"][number];

/** Columns of the softest simple shear of each, and in the plane of the dipole that its field looks like. */
function directionColumns(real: Real, axes: readonly string[]): Table["columns"] {
  if (axes.length === 2)
    return [
      real(
        "angle",
        ({ coupling }) => softestShear(asSoftening(coupling)).angle,
        "°",
        "sliding direction of that shear, 0 to 180",
      ),
      real(
        "eshelby_angle",
        ({ inclusion }) => softestShear(asSoftening(inclusion.dipole.map((x) => -x))).angle,
        "°",
        "the same of the elastic dipole that fits its field from afar",
      ),
    ];
  return axes.flatMap((axis, a) => [
    real(
      `slide_${axis}`,
      ({ coupling }) => softestLoad(asSoftening(coupling)).slide[a],
      "1",
      "sliding direction of that shear",
    ),
    real(
      `normal_${axis}`,
      ({ coupling }) => softestLoad(asSoftening(coupling)).normal[a],
      "1",
      "normal of its sliding planes",
    ),
  ]);
}

/** Columns of the force that each component of the strain puts on it. */
function couplingColumns(real: Real, axes: readonly string[]): Table["columns"] {
  const d = axes.length;
  return axes.flatMap((a, k) =>
    axes.slice(k).map((b, l) => {
      const [at, back] = [k * d + k + l, (k + l) * d + k];
      return real(
        `coupling_${a}${b}`,
        ({ coupling }) => (at === back ? coupling[at] : coupling[at] + coupling[back]),
        "ε/λ",
        `force on it by a unit of e_${a}${b}`,
      );
    }),
  );
}

function censusTable(found: Found, d: number, metadata: NonNullable<Table["metadata"]>): Table {
  const { excitations } = found;
  const axes = Array.from("xyz".slice(0, d));
  const real: Real = (name, value, unit, description) => ({
    name,
    values: Float64Array.from(excitations, value),
    unit,
    description,
  });
  return {
    metadata,
    columns: [
      {
        name: "particle",
        values: Int32Array.from(excitations, ({ particle }) => particle),
        description: "that moves most, zero-based",
      },
      ...axes.map((axis, a) => real(axis, ({ position }) => position[a], "λ", "centre, weighted by |z|⁴")),
      real(
        "threshold",
        (one) => one.threshold,
        "1",
        "γ_c = κ²/(2τν) under the load; negative: under its opposite",
      ),
      real("softest", (one) => one.softest, "1", "the smallest γ_c of any simple shear"),
      ...directionColumns(real, axes),
      real(
        "eshelby_explained",
        ({ inclusion }) => inclusion.explained,
        "1",
        "of its field from afar, by that of a dipole",
      ),
      real("stiffness", (one) => one.stiffness, "ε/λ²", "κ = M:zz"),
      real("anharmonicity", (one) => one.anharmonicity, "ε/λ³", "τ = U‴:zzz"),
      real("barrier", (one) => one.barrier, "ε", "2κ³/(3τ²)"),
      real("participation", (one) => one.participation, "1", "particles, (Σ|z|²)²/Σ|z|⁴"),
      real("radius", (one) => one.radius, "λ", "root mean square distance from the centre by |z|⁴"),
      ...couplingColumns(real, axes),
      ...localColumns(found, d),
      ...wellColumns(excitations),
    ],
  };
}

/** The census in the shapes that output formats take. */
export function censusResults(configuration: Configuration, found: Found, summary: CensusSummary): Results {
  const { system, model } = configuration;
  const d = system.box.dimension;
  const { excitations } = found;
  const metadata = { source: configuration.file, model: model.name, load: summary.load, softfield: version };
  const table = censusTable(found, d, metadata);
  const fields = excitations.map(({ field }, k): [string, Float64Array] => [`excitation_${k + 1}`, field]);
  const count = system.species.length;
  const all = new Float64Array(excitations.length * count * d);
  excitations.forEach(({ field }, k) => {
    all.set(field, k * count * d);
  });
  return {
    table,
    hdf5: {
      "/excitations": table,
      "/fields": {
        values: all,
        shape: [excitations.length, count, d],
        description: "unit displacement fields (excitation, particle, component)",
      },
    },
    frame: frameOfSystem(system, model, {
      columns: Object.fromEntries(fields),
      ...fileExtras(configuration, system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

export function summaryText(
  summary: CensusSummary,
  { configuration: { model } }: { readonly configuration: Configuration },
): string {
  const rows = summary.excitations.slice(0, 10).map((one, k) => {
    const numbers = [one.threshold, one.softest, one.stiffness, one.barrier].map((x) =>
      x.toPrecision(4).padStart(11),
    );
    return `${String(k + 1).padStart(4)} ${String(one.particle).padStart(9)}${numbers.join("")}${one.participation.toFixed(1).padStart(8)}${beside(one)}`;
  });
  return [
    `glass     ${summary.file}: ${summary.model}, N = ${summary.particles}`,
    `census    ${summary.excitations.length} excitations in ${summary.seconds.census.toFixed(2)} s; ${summary.load}`,
    "rank  particle    γ_c       softest   stiffness    barrier  particles  local γ_c  true barrier",
    ...(model.units === undefined
      ? []
      : [`      stiffness in ${unitNamed("ε/λ²", model)}, barriers in ${unitNamed("ε", model)}`]),
    ...rows,
    ...summary.warnings.map((warning) => `warning   ${warning}`),
    ...summary.outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}

/** What was asked for beside the cubic estimates. */
function beside({ local, well }: CensusSummary["excitations"][number]): string {
  const strain = local === undefined ? "" : (local?.toPrecision(4) ?? "–");
  const barrier =
    well === undefined
      ? ""
      : typeof well.barrier === "number"
        ? well.barrier.toPrecision(4)
        : `${well.status}`;
  return `  ${strain.padStart(11)} ${barrier.padStart(12)}`.trimEnd();
}
