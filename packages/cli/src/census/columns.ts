import { type SpotSoftening, softestLoad, softestShear, type Table } from "softfield";
import type { Found, Loaded, LocalAnswer } from "./excitations.ts";

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
      "γ_c at which its surroundings yield under the load, there or next to it; NaN: not tried, none, or only at their border",
    ),
    {
      name: "local_particle",
      values: Int32Array.from(excitations, ({ local }) => local?.particle ?? -1),
      description: "that moves most there; -1: not tried, or none",
    },
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
        `z·∂²U/∂x∂e_${a}${b}, minus the force on it by a unit of that strain`,
      );
    }),
  );
}

/** A row an excitation. */
export function censusTable(found: Found, d: number, metadata: NonNullable<Table["metadata"]>): Table {
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
