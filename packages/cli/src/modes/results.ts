import type { Hdf5Content, TableColumn } from "softfield/formats";
import type { NormalModes, Table } from "softfield/internal";

/** What is said of normal modes, whoever made their Hessian. */
export interface ModesSaid {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly modes: number;
  readonly frequencies: readonly number[];
  readonly participation: readonly number[];
  readonly masses: string;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/** Normal modes with what particles have of them. */
export interface ModesOfParticles extends NormalModes {
  /** count, (Σ|Ψ_i|²)²/(N Σ|Ψ_i|⁴) */
  readonly participation: Float64Array;
  /** N, Σ |Ψ_i|² over the modes */
  readonly weights: Float64Array;
}

/** Modes as tables and arrays, and as columns of a configuration. `square`: the unit of ω². */
export function modesContent(
  { frequencies, squares, residuals, participation, vectors, weights, dimension }: ModesOfParticles,
  square: string,
  metadata: NonNullable<Table["metadata"]>,
): {
  readonly table: Table;
  readonly hdf5: Hdf5Content;
  readonly columns: Readonly<Record<string, Float64Array>>;
} {
  const count = frequencies.length;
  const size = vectors.length / count;
  const table = {
    columns: [
      ordinals(count),
      { name: "frequency", values: frequencies, unit: "1/τ₀", description: "ω" },
      { name: "square", values: squares, unit: square, description: "ω², eigenvalue of m^{-½} M m^{-½}" },
      { name: "residual", values: residuals, unit: square, description: "‖m^{-½} M m^{-½} Ψ − ω²Ψ‖" },
      {
        name: "participation",
        values: participation,
        description: "(Σ|Ψ_i|²)²/(N Σ|Ψ_i|⁴): about 1 for plane waves, 1/N where localised",
      },
    ],
    metadata,
  };
  const named = Array.from(frequencies, (_, k): [string, Float64Array] => [
    `mode_${k + 1}`,
    vectors.subarray(k * size, (k + 1) * size),
  ]);
  return {
    table,
    hdf5: {
      "/modes": table,
      "/particles": {
        columns: [{ name: "weight", values: weights, description: "Σ |Ψ_i|² over the modes" }],
      },
      "/vectors": {
        values: vectors,
        shape: [count, size / dimension, dimension],
        description: "Ψ, normalised: mode, particle, component; particles move as Ψ/√m",
      },
    },
    columns: { mode_weight: weights, ...Object.fromEntries(named) },
  };
}

/** 1 … count. */
export function ordinals(count: number): TableColumn {
  return { name: "mode", values: Int32Array.from({ length: count }, (_, k) => k + 1) };
}
