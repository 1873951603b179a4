import type { FormPlugin, Indicator, Load, PairStyle } from "softfield";
import type { FormatReader, FormatWriter } from "softfield/formats";
import type { EngineKind } from "../engines/index.ts";

/** What a module adds to softfield: the default export of a file that `--plugin` names. */
export interface Plugin {
  /** Potential forms: φ alone; derivatives follow by themselves. */
  readonly forms?: readonly FormPlugin[];
  /** Pair styles of LAMMPS that input scripts may use. */
  readonly pairStyles?: readonly PairStyle[];
  /** Measures of softness. */
  readonly indicators?: readonly Indicator[];
  /** How glasses are deformed. */
  readonly loads?: readonly Load[];
  /** Programs or functions that compute energies and forces, for --engine. */
  readonly engines?: readonly EngineKind[];
  /** File formats that configurations are read from. */
  readonly readers?: readonly FormatReader[];
  /** File formats that configurations are written to. */
  readonly writers?: readonly FormatWriter[];
  /** What it adds to campaigns: see `CampaignPlugin` of @softfield/campaign, which calls it. */
  readonly campaign?: (api: never) => unknown;
}

/** What the maker of a plug-in is given: `softfield` and `softfield/formats`. */
export type Library = typeof import("softfield") & typeof import("softfield/formats");

/** A plug-in, or what makes it of the library: a file outside of softfield's folder can import nothing of it by name. */
export type PluginExport = Plugin | ((softfield: Library) => Plugin);

/** A plug-in in use in this thread. */
export interface LoadedPlugin {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its file and of the files that this imports by relative paths: its identity. */
  readonly sha256: string;
  readonly plugin: Plugin;
}
