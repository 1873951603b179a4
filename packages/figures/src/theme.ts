/** Where a figure will be seen: a printed column, or a projector. */
export type StyleName = "paper" | "slides";

/** Sizes in points and colours of one style. */
export interface Theme {
  /** Width of a figure of one panel. */
  readonly width: number;
  readonly fontSize: number;
  readonly smallFontSize: number;
  readonly frameWidth: number;
  /** Width of a line of full weight: a bond at saturation, a curve. */
  readonly lineWidth: number;
  readonly margin: number;
  readonly font: string;
  readonly background: string;
  readonly ink: string;
  readonly faint: string;
  /** Negative values of a signed map. */
  readonly negative: string;
}

/** Liberation Sans is bundled with the command; Arial and Helvetica have its metrics. */
const font = "Liberation Sans, Arial, Helvetica, sans-serif";
/** Negative is the vermilion of Okabe & Ito (2008): unlike other reds the colour-blind tell it from black. */
const colours = { background: "#ffffff", ink: "#111111", faint: "#9a9a9a", negative: "#d55e00" };

const themes: Readonly<Record<StyleName, Theme>> = {
  // one column of PNAS is 8.7 cm = 247 pt wide
  paper: {
    width: 247,
    fontSize: 8,
    smallFontSize: 7,
    frameWidth: 0.6,
    lineWidth: 1.5,
    margin: 6,
    font,
    ...colours,
  },
  slides: {
    // larger type and thicker lines for the width than in print: seen from the last row
    width: 480,
    fontSize: 22,
    smallFontSize: 19,
    frameWidth: 1.5,
    lineWidth: 4.2,
    margin: 14,
    font,
    ...colours,
  },
};

/** The sizes and colours of a style. */
export function themeOf(style: StyleName = "paper"): Theme {
  return themes[style];
}
