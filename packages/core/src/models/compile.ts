import { coarsenessWarning, tableCoarseness } from "./columns.ts";
import { endWarnings, jumpAtFilesEnd } from "./eam/ends.ts";
import type { DefinitionSource } from "./forms/form.ts";
import { formOf } from "./forms/registry.ts";
import { speciesNumbers } from "./forms/values.ts";
import { fieldError } from "./pairs.ts";
import { type PairParameters, pairResolver } from "./resolve.ts";
import { rootSeries } from "./series.ts";
import { smoothingWarnings } from "./smooth/words.ts";
import { smoothingCoefficients } from "./smoothing.ts";
import { isPlain, pairTerms, partsOf, termCoefficients } from "./terms.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  type EmbeddingTerm,
  Form,
  type GlassFormer,
  type PairModel,
  type PotentialTable,
} from "./types.ts";
import { unitsText } from "./units.ts";
import { smoothnessOf, smoothnessOfTerms, smoothnessWarnings, termWarnings } from "./warnings.ts";

/** Compiles a checked definition: to a table of coefficients where that can hold it, else to terms. */
export function compileModel(source: DefinitionSource): PairModel {
  const { definition } = source;
  checkSpecies(source);
  const { dimension, glass, diameters } = definition;
  return {
    name: definition.name,
    dimension,
    species: definition.species,
    mixing: diameters,
    ...(isPlain(source) ? compilePlain(source) : compileTerms(source)),
    units: definition.units === undefined ? undefined : unitsText({ definition }),
    ...(definition.masses === undefined
      ? {}
      : { masses: speciesNumbers(source, "masses", definition.masses) }),
    glass: glass === undefined ? undefined : checkedGlass(glass, source),
    // after the terms, whose errors name their place
    ...chargesIn(source),
    ...notesIn(source),
    definition,
  };
}

function notesIn(source: DefinitionSource): Pick<PairModel, "notes"> {
  const notes = partsOf(source).flatMap((part) => formOf(part.definition).notes?.(part) ?? []);
  return notes.length === 0 ? {} : { notes };
}

/** Those of the first term that has charges. Throws "model" where terms do not agree on where they come from. */
function chargesIn(source: DefinitionSource): Pick<PairModel, "charges"> {
  const all = partsOf(source).flatMap((part) => {
    const charges = formOf(part.definition).charges?.(part);
    return charges === undefined ? [] : [charges];
  });
  const [first] = all;
  if (first === undefined) return {};
  const mixed = all.some((charges) => (charges === "file") !== (first === "file"));
  if (!mixed) return { charges: first };
  throw fieldError(
    { file: source.file, field: "terms" },
    'one term has its charges from the file, another by species: give "charges": "file" in both, or in neither',
  );
}

type Compiled = Pick<
  PairModel,
  "form" | "coefficients" | "tables" | "threeBody" | "embedding" | "bondOrder" | "smoothness" | "warnings"
>;

function compilePlain(source: DefinitionSource): Compiled {
  const { definition } = source;
  const form = formOf(definition);
  const tables = (form.tables?.(source) ?? []).map(({ table }) => table);
  const coefficients = coefficientTable(source, tables);
  const embedding = embeddingOf(source, tables);
  const compiled = { definition, coefficients, tables };
  return {
    form: form.code!,
    coefficients,
    tables,
    threeBody: form.threeBody?.(source, coefficients),
    embedding,
    smoothness: smoothnessOf(compiled),
    warnings: [
      ...smoothnessWarnings(compiled),
      ...(embedding ? endWarnings(embedding) : []),
      ...coarseTables(source),
    ],
  };
}

/** Embedded atoms of a definition, with what does not end smoothly of them and of the pairs beside them. */
function embeddingOf(source: DefinitionSource, tables: readonly PotentialTable[]): EmbeddingTerm | undefined {
  const embedding = formOf(source.definition).embedding?.(source);
  const jump = embedding && jumpAtFilesEnd(embedding, tables);
  return jump === undefined ? embedding : { ...embedding!, jump };
}

function compileTerms(source: DefinitionSource): Compiled {
  const terms = pairTerms(source);
  const coefficients = termCoefficients(terms, source.definition.diameters !== undefined);
  const parts = partsOf(source);
  const triples = parts.flatMap((part) => {
    const { threeBody } = formOf(part.definition);
    if (threeBody === undefined) return [];
    return threeBody(part, isPlain(part) ? coefficientTable(part, []) : coefficients);
  });
  const bonds = parts.flatMap((part) => formOf(part.definition).bondOrder?.(part) ?? []);
  return {
    form: Form.Terms,
    coefficients,
    tables: [],
    threeBody: triples.at(0),
    bondOrder: bonds.at(0),
    smoothness: smoothnessOfTerms(terms),
    warnings: [...termWarnings(terms, source.definition), ...parts.flatMap(coarseTables)],
  };
}

function coarseTables(source: DefinitionSource): string[] {
  const columns = formOf(source.definition).tables?.(source) ?? [];
  return columns.flatMap(({ table, phi, field, smoothing }) => {
    if (smoothing !== undefined) return smoothingWarnings(smoothing, field);
    return (phi && coarsenessWarning(table, tableCoarseness(table, phi), field)) ?? [];
  });
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
  const { series, smoothness } = formOf(definition);
  const { smoothing } = definition;
  const row = new Float64Array(COEFFICIENT_STRIDE);
  row[Coefficient.Epsilon] = pair.epsilon;
  row[Coefficient.Lambda] = pair.lambda;
  // Pairs without energy do not interact: no distance is within their cutoff.
  row[Coefficient.Cutoff] = pair.epsilon === 0 ? 0 : pair.cutoff;
  row.set(pair.parameters, Coefficient.Parameters);
  if (smoothness === undefined && typeof smoothing === "number") {
    const root = rootSeries(pair.cutoff, smoothing);
    const about = series(pair.parameters, root, { cutoff: pair.cutoff, tables });
    row.set(smoothingCoefficients(about, pair.cutoff * pair.cutoff), Coefficient.Smoothing);
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

function checkedGlass(glass: GlassFormer, { definition, file }: DefinitionSource): GlassFormer {
  const { fractions } = glass;
  const speciesCount = definition.species.length;
  if (glass.diameters !== undefined && definition.diameters === undefined) {
    throw fieldError(
      { file, field: "glass.diameters" },
      'says how diameters are distributed, but without "diameters" the model has none',
    );
  }
  const total = fractions.reduce((sum, fraction) => sum + fraction, 0);
  if (fractions.length !== speciesCount || Math.abs(total - 1) > 1e-9) {
    throw fieldError(
      { file, field: "glass.fractions" },
      `must be one number for each of the ${speciesCount} species, summing to 1, found [${fractions.join(", ")}]`,
    );
  }
  return glass;
}
