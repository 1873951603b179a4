/** How good local thermal energies by windows are. */
export interface WindowedAccuracy {
  readonly windows: number;
  readonly samples: number;
  /** m, standard error of E_α of the pairs, by batches of the samples. */
  readonly errors: Float64Array;
  /** √(Σ errors² / Σ E²) */
  readonly relativeError: number;
  /** Bonds whose harmonic part was computed exactly: √(Σ (H − H_exact)² / Σ H_exact²), and what was to be expected of it. */
  readonly checked: { readonly bonds: number; readonly found: number; readonly expected: number };
}
