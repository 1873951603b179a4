/** A heat map: one level a bin, x fastest. */
export interface FieldData {
  /** Bins along each edge of the box. */
  readonly counts: readonly number[];
  /** Where the picture begins, in fractions of the edges. */
  readonly shift: readonly number[];
  /** In [0, 1]; see `levelsOf`. */
  readonly levels: Float32Array;
  /** The values at both ends of the scale. */
  readonly low: number;
  readonly high: number;
  /** 3D: where it is high, and where it is highest; see `isosurface`. */
  readonly surfaces?: readonly Surface[];
  /** Decades that the highest value lies above the one that is usual. */
  readonly decades: number;
}

/** A surface in 3D on which a field has one level. */
export interface Surface {
  readonly level: number;
  /** Six numbers a vertex: place and normal, in fractions of the box. */
  readonly vertices: Float32Array;
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
  /** 3D: the field as surfaces, where the whole box is seen. */
  readonly surfaces: boolean;
  /** 3D: fractional centre and thickness along z; thickness 1 shows all. */
  readonly slabCentre: number;
  readonly slabThickness: number;
}
