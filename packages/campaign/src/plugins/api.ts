import { z } from "zod";
import { section } from "../plan/section.ts";
import { column, groups, pointsOf, rowsOf, someRowsOf } from "../report/figures/rows.ts";
import { ESTIMATE, estimateCells, meanOf } from "../report/tables.ts";
import { readColumns, readTexts } from "../stages/columns.ts";
import { storedGlass, storedMinimum } from "../stages/make.ts";
import { real, recordBytes, spatial, tableBytes, text, whole } from "../store/index.ts";

/** What a plug-in's stages, tables and figures are made with. */
export const campaignApi = {
  /** zod, for the fields of sections. */
  z,
  section,
  storedGlass,
  storedMinimum,
  ...{ real, whole, text, spatial, recordBytes, tableBytes },
  ...{ readColumns, readTexts },
  ...{ ESTIMATE, estimateCells, meanOf },
  ...{ column, groups, pointsOf, rowsOf, someRowsOf },
};

export type CampaignApi = typeof campaignApi;
