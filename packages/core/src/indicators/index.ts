/** Room 12, indicators: measures of softness, each a name, its sites and its values at a minimum; their registry. */
export {
  type EnergiesOf,
  type Indicator,
  type IndicatorOptions,
  loadOf,
  ofParticles,
  particleSites,
  type SiteValues,
} from "./indicator.ts";
export { localModuli } from "./local-modulus.ts";
export { LTE_THRESHOLD } from "./lte.ts";
export { type IndicatorRegistry, indicators } from "./registry.ts";
