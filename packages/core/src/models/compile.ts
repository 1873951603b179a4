import { coarsenessWarning, tableCoarseness } from "./columns.ts";
import { formSeries } from "./formseries.ts";
import { fieldError } from "./pairs.ts";
import { type DefinitionSource, formOf, type PairParameters, pairResolver, pairTables } from "./resolve.ts";
import { smoothingCoefficients } from "./smoothing.ts";
import { threeBodyTerm } from "./threebody-compile.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  Form,
  type GlassFormer,
  type PairModel,
  type PotentialTable,
} from "./types.ts";
import { smoothnessOf, smoothnessWarnings } from "./warnings.ts";

/** Compiles a checked definition to a table of coefficients. */
export function compileModel(source: DefinitionSource): PairModel {
  const { definition, file } = source;
  checkSpecies(source);
  const columns = pairTables(source);
  const tables = columns.map(({ table }) => table);
  const coarse = columns.flatMap(
    ({ table, phi, field }) => coarsenessWarning(table, tableCoarseness(table, phi), field) ?? [],
  );
  const { dimension, glass } = definition;
  const coefficients = coefficientTable(source, tables);
  const compiled = { definition, coefficients, tables };
  const diameters = "diameters" in definition ? definition.diameters : undefined;
  return {
    name: definition.name,
    ...(dimension === undefined ? {} : { dimension }),
    species: definition.species,
    form: formOf[definition.form],
    coefficients,
    tables,
    ...(diameters === undefined ? {} : { mixing: diameters }),
    ...(definition.form === "stillinger-weber"
      ? { threeBody: threeBodyTerm({ definition, file }, coefficients) }
      : {}),
    smoothness: smoothnessOf(compiled),
    ...(glass === undefined ? {} : { glass: checkedGlass(glass, definition.species.length, file) }),
    warnings: [...smoothnessWarnings(compiled), ...coarse],
    definition,
  };
}

function coefficientTable(source: DefinitionSource, tables: readonly PotentialTable[]): Float64Array {
  const { species } = source.definition;
  const pair = pairResolver(source, tables);
  const count = species.length;
  const coefficients = new Float64Array(count * count * COEFFICIENT_STRIDE);
  for (let s = 0; s < count; s++) {
    for (let t = s; t < count; t++) {
      const row = coefficientRow(source, pair(s, t), tables);
      coefficients.set(row, (s * count + t) * COEFFICIENT_STRIDE);
      coefficients.set(row, (t * count + s) * COEFFICIENT_STRIDE);
    }
  }
  return coefficients;
}

function coefficientRow(
  { definition, file }: DefinitionSource,
  pair: PairParameters,
  tables: readonly PotentialTable[],
): Float64Array {
  const form = formOf[definition.form];
  const row = new Float64Array(COEFFICIENT_STRIDE);
  row[Coefficient.Epsilon] = pair.epsilon;
  row[Coefficient.Lambda] = pair.lambda;
  // Pairs without energy do not interact: no distance is within their cutoff.
  row[Coefficient.Cutoff] = pair.epsilon === 0 ? 0 : pair.cutoff;
  row.set(pair.parameters, Coefficient.Parameters);
  if (
    form !== Form.Contact &&
    form !== Form.StillingerWeber &&
    "smoothing" in definition &&
    definition.smoothing !== "none"
  ) {
    const at = { x0: pair.cutoff, order: definition.smoothing, tables };
    const series = formSeries(form, pair.parameters, at);
    row.set(smoothingCoefficients(series, pair.cutoff * pair.cutoff), Coefficient.Smoothing);
  }
  if (row.every(Number.isFinite)) return row;
  throw fieldError(
    { file, field: "cutoff" },
    `smoothing at x_c = ${pair.cutoff} overflows: the form is too large or too steep there`,
  );
}

function checkSpecies({ definition, file }: DefinitionSource): void {
  definition.species.forEach((name, s) => {
    const first = definition.species.indexOf(name);
    if (first !== s) {
      throw fieldError(
        { file, field: `species[${s}]` },
        `"${name}" is also species[${first}]: names must differ`,
      );
    }
  });
}

function checkedGlass(glass: GlassFormer, speciesCount: number, file: string | undefined): GlassFormer {
  const { fractions } = glass;
  const total = fractions.reduce((sum, fraction) => sum + fraction, 0);
  if (fractions.length !== speciesCount || Math.abs(total - 1) > 1e-9) {
    throw fieldError(
      { file, field: "glass.fractions" },
      `must be one number for each of the ${speciesCount} species, summing to 1, found [${fractions.join(", ")}]`,
    );
  }
  return glass;
}
