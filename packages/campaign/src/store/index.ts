/** The store of a campaign: a folder of Parquet and text files that anyone can read; see docs/campaigns.md. */
export { Claims, HEARTBEAT_SECONDS, type Holder } from "./claims.ts";
export type { Check, Failure, MadeBy, Manifest } from "./manifest.ts";
export { currentOwner, type Owner } from "./owner.ts";
export { type StageFiles, type StagePlace, Store } from "./store.ts";
export {
  inUnitsOf,
  type RecordColumn,
  type RecordTable,
  real,
  recordBytes,
  spatial,
  sqlType,
  type TableSchema,
  tableBytes,
  text,
  whole,
} from "./tables.ts";
export type { FolderUse, StoreUse } from "./usage.ts";
