/** Colours as sRGB in [0, 1]. */
export type Rgb = readonly [number, number, number];

export function rgb(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

/** What the scene is painted with. Negative and positive differ in hue and lightness for every kind of eye. */
export interface SceneTheme {
  readonly background: string;
  readonly outline: string;
  readonly positive: string;
  readonly negative: string;
  readonly arrow: string;
  /** Towards which round bodies darken at their rims. */
  readonly shade: string;
  /** By species. */
  readonly species: readonly string[];
  /** Stops of the heat map, low to high; lightness goes one way. */
  readonly heat: readonly string[];
  /** Marks: a bet, and the softest spot of the modes. */
  readonly bet: string;
  readonly rival: string;
  /** What the softest place turns to as its values climb by decades, towards an event. */
  readonly glow: string;
}

export const SCENE: Readonly<Record<"light" | "dark", SceneTheme>> = {
  light: {
    background: "#ffffff",
    outline: "#3b4250",
    positive: "#12161d",
    negative: "#e4570a",
    arrow: "#17456e",
    shade: "#5a6472",
    species: ["#bfc3c8", "#e1e3e6", "#cdbfa9", "#c9d3c0"],
    heat: ["#ffffff", "#f1f6fa", "#dde9f3", "#bdd7ea", "#92bfde", "#5b9fcc", "#2a7ab5"],
    bet: "#0a7d3c",
    rival: "#b45309",
    glow: "#a8005e",
  },
  dark: {
    background: "#0e1116",
    outline: "#8791a1",
    positive: "#f3f5f8",
    negative: "#ff8a3c",
    arrow: "#9fd0f5",
    shade: "#2a303a",
    species: ["#5a6069", "#343a43", "#6b5c42", "#4c5a42"],
    heat: ["#0e1116", "#0f1a29", "#10273f", "#123a5c", "#14527d", "#1a6e9e", "#2a8fbd"],
    bet: "#4ee58b",
    rival: "#f0b35f",
    glow: "#ffb054",
  },
};

/** Viridis (Smith & van der Walt): nine stops. */
export const SEQUENTIAL = [
  "#440154",
  "#472d7b",
  "#3b528b",
  "#2c728e",
  "#21918c",
  "#28ae80",
  "#5ec962",
  "#addc30",
  "#fde725",
];

/** 256 RGBA texels through the stops. */
export function ramp(stops: readonly string[]): Uint8Array {
  const colours = stops.map(rgb);
  const texels = new Uint8Array(1024);
  for (let k = 0; k < 256; k++) {
    const at = (k / 255) * (colours.length - 1);
    const low = Math.min(colours.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) {
      const [a, b] = [colours[low][c], colours[low + 1][c]];
      texels[k * 4 + c] = Math.round(255 * (a + (at - low) * (b - a)));
    }
    texels[k * 4 + 3] = 255;
  }
  return texels;
}

/** 256 RGBA texels in equal blocks: colour k of n at (k + ½)/n. */
export function blocks(colours: readonly string[]): Uint8Array {
  const parsed = colours.map(rgb);
  const texels = new Uint8Array(1024);
  for (let k = 0; k < 256; k++) {
    const colour = parsed[Math.min(parsed.length - 1, Math.floor((k / 256) * parsed.length))];
    texels.set([...colour.map((c) => Math.round(c * 255)), 255], k * 4);
  }
  return texels;
}

/** So many decades above the usual highest value the softest place glows in full. */
export const GLOW_DECADES = 5;

/** The colour of a level of the heat map whose highest value is so many decades above the usual, as it is painted. */
export function heatAt({ heat, glow }: SceneTheme, level: number, decades: number): Rgb {
  const at = Math.min(1, Math.max(0, level)) * (heat.length - 1);
  const low = Math.min(heat.length - 2, Math.floor(at));
  const cold = between(rgb(heat[low]), rgb(heat[low + 1]), at - low);
  const t = Math.min(1, Math.max(0, (level - 0.3) / 0.7));
  return between(cold, rgb(glow), Math.min(1, decades / GLOW_DECADES) * t * t * (3 - 2 * t));
}

function between([r, g, b]: Rgb, [x, y, z]: Rgb, t: number): Rgb {
  return [r + t * (x - r), g + t * (y - g), b + t * (z - b)];
}

/** What is read on a colour: dark ink on what is light. Its luminance, with gamma taken as 2. */
export function inkOn([r, g, b]: Rgb): string {
  return 0.21 * r * r + 0.72 * g * g + 0.07 * b * b > 0.24 ? "#0b2545" : "#ffffff";
}

/** CSS gradient through the stops. */
export function gradientOf(stops: readonly string[]): string {
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
