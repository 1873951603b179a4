import { INDICATORS } from "./indicatorlist.ts";

/** What an indicator is called: in the choice of fields, as a map, of its spots, and while it is computed. */
export interface IndicatorWords {
  readonly choice: string;
  readonly map: string;
  readonly spots: string;
  readonly spot: string;
  readonly work: string;
}

const OWN: Readonly<Record<string, IndicatorWords>> = {
  lte: {
    choice: "E of bonds",
    map: "Softness field",
    spots: "Soft spots",
    spot: "Soft spot",
    work: "Local thermal energies",
  },
  modes: {
    choice: "Lowest modes",
    map: "Modes map",
    spots: "Spots of the modes",
    spot: "Modes spot",
    work: "Lowest normal modes",
  },
};

/** Words for any indicator that is registered. */
export function wordsOf(name: string): IndicatorWords {
  const { short, description } = INDICATORS.find((own) => own.name === name) ?? {
    short: name,
    description: name,
  };
  const title = capital(short);
  return (
    OWN[name] ?? {
      choice: title,
      map: `${title} map`,
      spots: `Spots by ${short}`,
      spot: `${title} spot`,
      work: capital(description),
    }
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
