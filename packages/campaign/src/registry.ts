import { SoftfieldError } from "softfield";
import type { Section } from "./plan/section.ts";
import type { Collector } from "./report/collect.ts";
import type { FigureEntry, TableEntry } from "./report/entries.ts";
import type { SampleStage } from "./stage.ts";

/**
 * What adds to campaigns: sections of their files, stages of their samples, tables and figures of their reports. `Data`
 * is what its collector reads for its tables, beside what all tables get.
 */
export interface Part<Data extends object = object> {
  /** URL of the module that exports it as `part`, for worker threads: `import.meta.url`. */
  readonly module?: string;
  /** Or the file of the plug-in that it is of. */
  readonly plugin?: string;
  /** Each asks for one or more stages. */
  readonly sections?: readonly Section[];
  /** In the order in which they run, after those of earlier parts. */
  readonly stages?: readonly SampleStage[];
  readonly collect?: Collector<Data>;
  readonly tables?: readonly TableEntry<Data>[];
  readonly figures?: readonly FigureEntry[];
}

/** All that campaigns can do: parts, put together. */
export interface Registry {
  readonly parts: readonly Part[];
  readonly sections: readonly Section[];
  readonly stages: readonly SampleStage[];
  readonly collectors: readonly Collector<object>[];
  readonly tables: readonly TableEntry[];
  readonly figures: readonly FigureEntry[];
}

/** Puts parts together, in this order. @throws SoftfieldError "usage" where two have something of the same name */
export function registryOf(...parts: readonly Part[]): Registry {
  const all = <Key extends "sections" | "stages" | "tables" | "figures">(key: Key) =>
    parts.flatMap((part) => (part[key] ?? []) as NonNullable<Part[Key]>[number][]);
  const registry = {
    parts,
    sections: all("sections"),
    stages: all("stages"),
    collectors: parts.flatMap(({ collect }) => collect ?? []),
    tables: all("tables"),
    figures: all("figures"),
  };
  for (const key of ["sections", "stages", "figures"] as const) refuseTwice(key, registry[key]);
  refuseTwice(
    "tables of stages",
    registry.stages.flatMap(({ tables }) => tables),
  );
  return registry;
}

/** A part, its data's type forgotten: its tables get what its own collector reads. */
export function partOf<Data extends object>(part: Part<Data>): Part {
  return part as unknown as Part;
}

function refuseTwice(what: string, named: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) {
      throw new SoftfieldError("usage", `two ${what} of campaigns have the name "${name}": rename one`, {
        field: name,
      });
    }
    seen.add(name);
  }
}
