import type { SampleStage, StageTable } from "../stage.ts";
import { couplings } from "./couplings.ts";
import { instability } from "./instability.ts";
import { lte } from "./lte.ts";
import { make } from "./make.ts";
import { modes } from "./modes.ts";
import { score } from "./score.ts";
import { shear } from "./shear.ts";
import { spots } from "./spots.ts";

/** All stages of a sample, in the order in which they run. */
export const stages: readonly SampleStage[] = [make, lte, modes, couplings, spots, shear, score, instability];

/** The stages as `softfield run` uses them. */
export const stageTable: StageTable = { stages, module: import.meta.url };
