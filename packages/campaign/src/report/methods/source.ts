import type { Campaign } from "../../plan/campaign.ts";
import type { StageSurvey } from "../../query/survey.ts";
import type { Registry } from "../../registry.ts";
import type { EnsembleData } from "../collect.ts";

/** A part of the methods: what it is on, and what is to be said, a paragraph each. */
export interface MethodsPart {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** What the methods are told from. */
export interface MethodsSource {
  readonly campaign: Campaign;
  readonly registry: Pick<Registry, "sections">;
  readonly survey: readonly StageSurvey[];
  readonly data: readonly EnsembleData[];
  /** Of the store: files are named from the folder around it. */
  readonly folder: string;
}
