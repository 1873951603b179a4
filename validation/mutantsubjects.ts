// What `mutants.ts` flips the signs of.

/** Files of formulas, and the tests that are to see them, quick ones first. */
export const SUBJECTS: Readonly<Record<string, { files: readonly string[]; tests: readonly string[] }>> = {
  eam: {
    files: [
      "models/embedding.ts",
      "models/eam/gauge.ts",
      "interactions/embeddings-find.ts",
      "interactions/embeddings-sums.ts",
      "interactions/embeddings-functions.ts",
      "interactions/embeddings-spread.ts",
      "interactions/embeddings-rates.ts",
      "dynamics/terms/embeddings.ts",
    ],
    tests: [
      "models/embedding.test.ts",
      "interactions/families.test.ts",
      "response/embeddings.test.ts",
      "response/gauge.test.ts",
      "dynamics/embeddings.test.ts",
      "response/strainderivatives.test.ts",
    ],
  },
  tersoff: {
    files: [
      "models/bondorder.ts",
      "interactions/bondorders-find.ts",
      "interactions/bondorders-jets.ts",
      "interactions/bondorders-derivatives.ts",
      "interactions/bondorders-functions.ts",
      "interactions/bondorders-sums.ts",
      "interactions/bondorders-spread.ts",
      "dynamics/terms/bondorders.ts",
    ],
    tests: [
      "interactions/families.test.ts",
      "models/tersoff/file.test.ts",
      "response/bondorders.test.ts",
      "response/strainderivatives.test.ts",
    ],
  },
  triples: {
    files: [
      "models/threebody.ts",
      "models/forms/stillinger-weber.ts",
      "models/forms/vashishta.ts",
      "interactions/triples-find.ts",
      "interactions/triples-derivatives.ts",
      "interactions/triples-functions.ts",
      "interactions/triples-sums.ts",
      "interactions/triples-spread.ts",
      "interactions/triples-rates.ts",
    ],
    tests: [
      "models/threebody.test.ts",
      "interactions/triples.test.ts",
      "interactions/families.test.ts",
      "interactions/two-elements.test.ts",
      "response/threebody.test.ts",
      "response/published.test.ts",
      "models/presets.test.ts",
      "models/terms.test.ts",
      "models/smoothing.test.ts",
      "response/strainderivatives.test.ts",
    ],
  },
  pairs: {
    files: [
      "interactions/pairs-sums.ts",
      "interactions/pairs-functions.ts",
      "interactions/pairs-spread.ts",
      "interactions/pairs-rates.ts",
    ],
    tests: [
      "interactions/families.test.ts",
      "interactions/mechanics.test.ts",
      "response/response.test.ts",
      "response/observable.test.ts",
      "response/strainderivatives.test.ts",
      "response/jumps.test.ts",
      "deform/affine.test.ts",
      "response/elastic.test.ts",
    ],
  },
  forms: {
    files: [
      "models/forms/coulomb.ts",
      "models/forms/buckingham.ts",
      "models/forms/born-mayer.ts",
      "models/forms/zbl.ts",
      "models/forms/morse.ts",
      "models/forms/yukawa.ts",
      "models/forms/lennard-jones.ts",
      "models/series.ts",
      "models/jets.ts",
    ],
    tests: [
      "models/terms.test.ts",
      "models/evaluate.test.ts",
      "models/sums.test.ts",
      "models/presets.test.ts",
      "response/published.test.ts",
    ],
  },
  truncations: {
    files: ["models/truncation.ts", "models/smoothing.ts", "models/jumps.ts", "models/warnings.ts"],
    tests: [
      "models/truncation.test.ts",
      "models/smoothing.test.ts",
      "models/terms.test.ts",
      "models/evaluate.test.ts",
      "models/parse.test.ts",
      "models/sums.test.ts",
      "models/presets.test.ts",
      "response/jumps.test.ts",
    ],
  },
  derivative: {
    files: [
      "response/strainderivatives.ts",
      "response/straining.ts",
      "response/response.ts",
      "response/jumps.ts",
    ],
    tests: ["response/strainderivatives.test.ts", "response/response.test.ts", "response/jumps.test.ts"],
  },
};

/** Mutants that change nothing, by file and code: why. */
export const EQUIVALENT: readonly { readonly file: string; readonly code: string; readonly why: string }[] =
  [];
