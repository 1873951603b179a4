/** Room 11, figures: tables to SVG; never simulates. */
export { FigureError } from "./errors.ts";
export { BOND_CLASSES, type BondMapInput, bondMap } from "./maps/bondmap.ts";
export { type DisplacementMapInput, displacementMap } from "./maps/displacementmap.ts";
export type { MapOptions } from "./maps/page.ts";
export type { MapBox, Slab } from "./maps/projection.ts";
export { type StyleName, type Theme, themeOf } from "./theme.ts";
