/** A heat map: one level a bin, x fastest. */
export interface FieldData {
  /** Bins along each edge of the box. */
  readonly counts: readonly number[];
  /** In [0, 1]; see `levelsOf`. */
  readonly levels: Float32Array;
  /** The values at both ends of the scale. */
  readonly low: number;
  readonly high: number;
  /** Decades that the highest value lies above the one that is usual. */
  readonly decades: number;
}

/** Bonds as they are drawn; see `bondLayer`. */
export interface BondData {
  readonly count: number;
  readonly starts: Float32Array;
  /** count×4: u and value, |value| ascending. */
  readonly bonds: Float32Array;
  /** Which bond each is, in the order in which they were given. */
  readonly of: Uint32Array;
}

/** Which layers are seen, and their scales. */
export interface SceneView {
  readonly particles: boolean;
  readonly bonds: boolean;
  readonly arrows: boolean;
  readonly field: boolean;
  /** Particles are coloured by species (blocks) or by a number (ramp). */
  readonly colouring: "species" | "number";
  readonly bondThreshold: number;
  readonly bondSaturation: number;
  readonly arrowSaturation: number;
  readonly arrowLog: boolean;
  readonly arrowLength: number;
  readonly fieldSmooth: boolean;
  /** 3D: fractional centre and thickness along z; thickness 1 shows all. */
  readonly slabCentre: number;
  readonly slabThickness: number;
}
