/** An artificial Stillinger–Weber model of two elements in which every number that may differ does. */
export const twoElements = {
  name: "two-elements",
  dimension: 3,
  species: ["Si", "Xx"],
  form: "stillinger-weber",
  epsilon: { "Si Si": 1, "Si Xx": 0.9, "Xx Xx": 0.8 },
  lambda: { "Si Si": 1, "Si Xx": 1.03, "Xx Xx": 1.06 },
  A: { "Si Si": 7.049556277, "Si Xx": 7.1, "Xx Xx": 6.9 },
  B: { "Si Si": 0.6022245584, "Si Xx": 0.61, "Xx Xx": 0.59 },
  p: { "Si Si": 4, "Si Xx": 4.5, "Xx Xx": 5 },
  q: { "Si Si": 0, "Si Xx": 0.5, "Xx Xx": 1 },
  cutoff: { "Si Si": 1.8, "Si Xx": 1.75, "Xx Xx": 1.72 },
  threeBody: {
    epsilon: {
      "Si Si Si": 1,
      "Si Si Xx": 0.95,
      "Si Xx Xx": 0.85,
      "Xx Si Si": 0.9,
      "Xx Si Xx": 0.88,
      "Xx Xx Xx": 0.8,
    },
    strength: {
      "Si Si Si": 21,
      "Si Si Xx": 23,
      "Si Xx Xx": 19,
      "Xx Si Si": 25,
      "Xx Si Xx": 27,
      "Xx Xx Xx": 31,
    },
    gamma: { "Si Si": 1.2, "Si Xx": 1.1, "Xx Si": 1.3, "Xx Xx": 1.15 },
    cosine: {
      "Si Si Si": -0.3333333333333333,
      "Si Si Xx": -0.3,
      "Si Xx Xx": -0.35,
      "Xx Si Si": -0.28,
      "Xx Si Xx": -0.31,
      "Xx Xx Xx": -0.25,
    },
  },
  glass: {
    density: 0.42,
    fractions: [0.5, 0.5],
    liquidTemperature: 0.1,
    annealTemperature: 0.04,
    glassTransition: 0.042,
    annealTime: 200,
  },
};

/** The same in LAMMPS's format of pair_style sw: I the centre, ε σ a λ γ cosθ₀ A B p q tol. */
export function twoElementsInLammps(): string {
  const { species, threeBody, ...pairs } = twoElements;
  const ofPair = (field: keyof typeof pairs, names: [string, string]) => {
    const table = pairs[field] as Record<string, number>;
    return table[names.join(" ")] ?? table[names.toReversed().join(" ")];
  };
  const rows = species.flatMap((i) =>
    species.flatMap((j) =>
      species.map((k) => {
        const triple = (table: Record<string, number>) => table[`${i} ${j} ${k}`] ?? table[`${i} ${k} ${j}`];
        // What of the pair i–j a row I J K with J ≠ K says is not used; ε of a pair stands in the row I J J, where
        // that of the triple stands as well: λ makes up for it.
        const energy = j === k ? ofPair("epsilon", [i, j])! : triple(threeBody.epsilon)!;
        const strength = (triple(threeBody.strength)! * triple(threeBody.epsilon)!) / energy;
        const gamma = (threeBody.gamma as Record<string, number>)[`${i} ${j}`];
        const of = (field: keyof typeof pairs) => ofPair(field, [i, j]);
        const numbers = [
          energy,
          of("lambda"),
          of("cutoff"),
          strength,
          gamma,
          triple(threeBody.cosine),
          of("A"),
          of("B"),
          of("p"),
          of("q"),
          0,
        ];
        return `${i} ${j} ${k} ${numbers.join(" ")}`;
      }),
    ),
  );
  return `${rows.join("\n")}\n`;
}
