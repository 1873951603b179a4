import type {
  Box,
  MinimizeResult,
  PairModel,
  Progress,
  Protocol,
  ProtocolOptions,
  SnapshotSummary,
  System,
} from "softfield";

/** What names a glass that is made here; plain data. */
export interface Recipe {
  readonly model: PairModel;
  readonly particles: number;
  readonly seed: number;
  readonly protocol: ProtocolOptions;
}

/** A picture of the running preparation or shear: positions for the eye, numbers for the plots. */
export interface Frame {
  readonly box: Box;
  /** N×d, wrapped into the box, from its corner, single precision. */
  readonly positions: Float32Array;
  readonly stage: string;
  /** τ₀ since the start. */
  readonly time: number;
  readonly temperature: number;
  /** Potential energy a particle. */
  readonly energy: number;
  /** N, with the first picture. */
  readonly species?: Int32Array;
}

export interface MakeInput {
  readonly recipe: Recipe;
  /** Begin slowly enough for the eye to follow the particles; the glass is the same, bit for bit. */
  readonly unhurried: boolean;
  readonly version: string;
}

export interface MadeGlass {
  readonly system: System;
  readonly minimization: MinimizeResult;
  readonly protocol: Protocol;
  /** The file that `softfield make` writes for the recipe, and its SHA-256. */
  readonly text: string;
  readonly sha256: string;
  /** d, the corner of the box in that file, λ. */
  readonly corner: Float64Array;
}

/** The model that was chosen by its name, or none; beside the library's, models of the page's own files. */
export interface ModelChoice {
  readonly chosen?: string;
  readonly own: ReadonlyMap<string, PairModel>;
}

export interface OpenInput {
  readonly bytes: ArrayBuffer;
  readonly name: string;
  readonly model: ModelChoice;
  /** As `--species` of the command: 1=S,2=L. */
  readonly species: string;
  /** Zero-based frame. */
  readonly frame: number;
}

export interface OpenedFile {
  readonly system: System;
  readonly model: PairModel;
  readonly modelName: string;
  readonly summary: SnapshotSummary;
  /** d, the corner of the file's box, λ. */
  readonly corner: Float64Array;
  readonly ids?: Float64Array;
  /** 1-based line of each particle, for messages. */
  readonly lines: Int32Array;
  /** N×d, positions for the eye. */
  readonly places: Float32Array;
  /** How many the file has, where that was counted. */
  readonly frames: number | undefined;
}

export interface MinimizeInput {
  readonly system: System;
  readonly model: PairModel;
  /** d, of the box in its file, λ. */
  readonly corner: Float64Array;
}

export interface MinimizedSystem {
  readonly system: System;
  readonly minimization: MinimizeResult;
}

/** What a job says while it runs. */
export type JobEvent =
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "frame"; readonly frame: Frame };
