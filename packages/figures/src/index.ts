/** Room 18, figures: tables to SVG; never simulates. */

export { type BondCurve, type CanonicalCheck, canonicalFigure } from "./canonical.ts";
export type { AxisOptions } from "./charts/axis.ts";
export { type ChartInput, chart } from "./charts/chart.ts";
export type { Guide } from "./charts/guide.ts";
export type { NumberedMark } from "./charts/numbers.ts";
export { type PolarCurve, type PolarInput, polarPlot } from "./charts/polar.ts";
export type { Series } from "./charts/series.ts";
export { linearTicks, type Tick } from "./charts/ticks.ts";
export { FigureError } from "./errors.ts";
export { gradientFigure } from "./gradient/gradient.ts";
export type { GradientInput } from "./gradient/layout.ts";
export { BOND_CLASSES, type BondMapInput, bondMap } from "./maps/bondmap.ts";
export { HEAT_CLASSES } from "./maps/colourbar.ts";
export { type DisplacementMapInput, displacementMap } from "./maps/displacementmap.ts";
export { type HeatMapInput, heatMap } from "./maps/heatmap.ts";
export type { NumberedPoint } from "./maps/marks.ts";
export { legendNumber, type MapOptions } from "./maps/page.ts";
export type { MapBox, Slab } from "./maps/projection.ts";
export { CURVE_COLOURS, sequentialColour } from "./palette.ts";
export { type PanelOptions, panels } from "./panels.ts";
export { type Caption, htmlText, withCaption } from "./svg.ts";
export { plainText } from "./text.ts";
export { type StyleName, type Theme, themeOf } from "./theme.ts";
