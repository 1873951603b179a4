/** A published model whose potential is a file that users have: softfield ships none. */
export interface FilePreset {
  readonly definition: {
    readonly name: string;
    readonly dimension: 3;
    readonly species: readonly string[];
    readonly form: "eam";
    /** The name that it is published under. */
    readonly file: string;
    readonly glass: object;
  };
  /** Names under which it is passed on. */
  readonly files: readonly string[];
  /** What it is and where it is got, in a sentence or two. */
  readonly source: string;
}

/**
 * Models by name that take a file of the user's. `cuzr`: Cu64Zr36 of Mendelev, Kramer, Ott, Sordelet, Yagodin & Popel,
 * Phil. Mag. 89, 967 (2009), r_c = 7.6 Å; density at rest 0.063 Å⁻³, temperatures in eV (2,000 K, 670 K, 700 K).
 */
export const filePresets: Readonly<Record<"cuzr", FilePreset>> = {
  cuzr: {
    definition: {
      name: "cuzr",
      dimension: 3,
      species: ["Cu", "Zr"],
      form: "eam",
      file: "Cu-Zr_2.eam.fs",
      glass: {
        density: 0.063,
        fractions: [0.64, 0.36],
        liquidTemperature: 0.172,
        annealTemperature: 0.0577,
        glassTransition: 0.0603,
        annealTime: 200,
      },
    },
    files: ["Cu-Zr_2.eam.fs", "CuZr_2009.eam.fs", "CuZr.eam.fs"],
    source:
      "copper–zirconium by Mendelev et al., Phil. Mag. 89, 967 (2009), of the Interatomic Potentials Repository of NIST " +
      "(https://www.ctcms.nist.gov/potentials, Cu-Zr, 2009--Mendelev-M-I--Cu-Zr)",
  },
};
