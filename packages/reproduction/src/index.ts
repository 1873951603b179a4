/** What Zylberg et al. 2017 measured beside local thermal energies, as a part of campaigns; and Eq. 3 against MD. */
export { part } from "./part.ts";
export { type GlassCouplings, type GlassCouplingsOptions, glassCouplings } from "./physics/couplings.ts";
export {
  approachInstability,
  INSTABILITY_FRACTIONS,
  type InstabilityApproach,
  type InstabilityOptions,
  type InstabilityPoint,
} from "./physics/instability.ts";
export { type Agreement, agreement, energyResolution, type Measured } from "./validate/agreement.ts";
export {
  type AgreementRow,
  agreementRows,
  bondTable,
  type Check,
  type CheckOptions,
  checkAgainstDynamics,
  figureRow,
} from "./validate/check.ts";
export type { VibrationData, Vibrations } from "./vibrations.ts";
