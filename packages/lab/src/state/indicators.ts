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
    choice: "Heat of bonds (E)",
    map: "Softness map",
    spots: "Soft spots",
    spot: "Soft spot",
    work: "Local thermal energies",
  },
  modes: {
    choice: "Softest vibrations (modes)",
    map: "Modes map",
    spots: "Spots of the modes",
    spot: "Modes spot",
    work: "Lowest normal modes",
  },
};

/** What others are in plain words; the terms follow in brackets. */
const PLAIN: Readonly<Record<string, string>> = {
  "debye-waller": "How far it trembles",
  displacement: "Where heat pushes it",
  energy: "Energy stored",
  nonaffinity: "Motion against the shear",
  softening: "What shear softens",
  "lte-squared": "Heat of bonds, squared",
  "lte-around": "Heat of bonds nearby",
  "thermal-modes": "Vibrations by their heat",
  "local-modulus": "Local stiffness",
  "pseudo-harmonic": "Vibrations, one by one",
  "cubic-modes": "Ways to give way",
  "local-yield-strain": "Strain a place withstands",
  "local-yield-stress": "Stress a place withstands",
  "topological-charge": "Swirls of the vibrations",
  pressure: "How little it is pressed",
  "free-volume": "Room about it",
  "bond-order": "How far from hexagons",
  "tong-tanaka": "How irregular its neighbours",
  "two-body-entropy": "How irregular distances",
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
      choice: PLAIN[name] ? `${PLAIN[name]} (${short})` : title,
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
