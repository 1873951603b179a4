/**
 * A sequential palette that is even to the eye and safe for the colour-blind: lightness falls on a straight line
 * in Oklab (Ottosson 2020) from near white to near black, so that order survives any loss of hue and a grey printer;
 * hue turns from yellow through red to indigo.
 */
export function sequentialColour(fraction: number): string {
  const t = Math.min(1, Math.max(0, fraction));
  const lightness = LIGHTEST + (DARKEST - LIGHTEST) * t;
  const chroma = 0.018 + 0.155 * Math.sin(Math.PI * t ** 0.8) ** 1.1;
  const hue = ((95 - 175 * t) * Math.PI) / 180;
  return oklab(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
}

const LIGHTEST = 0.985;
const DARKEST = 0.26;

/** Oklab to an sRGB hex colour; what lies outside sRGB is cut. */
function oklab(lightness: number, a: number, b: number): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const hex = linear.map((x) => {
    const c = x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, c)))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${hex.join("")}`;
}

/** Colours that stay apart for the colour-blind (Okabe & Ito 2008), for curves; black first. */
export const CURVE_COLOURS: readonly string[] = [
  "#000000",
  "#d55e00",
  "#0072b2",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
];
