import { SoftfieldError } from "softfield";
import type { EngineKind } from "./kind.ts";
import { openLammps } from "./lammps.ts";

const kinds = new Map<string, EngineKind>([
  [
    "lammps",
    { name: "lammps", description: "a running LAMMPS; --model is its input script", open: openLammps },
  ],
]);

/** Makes an engine known, as a plug-in does. @throws SoftfieldError "usage" where its name is taken */
export function registerEngine(kind: EngineKind): void {
  if (kinds.has(kind.name)) throw new SoftfieldError("usage", `there is an engine "${kind.name}" already`);
  kinds.set(kind.name, kind);
}

/** The engine of a name. @throws SoftfieldError "usage" that lists those there are */
export function engineNamed(name: string): EngineKind {
  const kind = kinds.get(name);
  if (kind) return kind;
  const known = [...kinds.values()].map((one) => `${one.name} (${one.description})`).join("; ");
  throw new SoftfieldError(
    "usage",
    `--engine ${name}: there is no such engine; there are ${known}. A plug-in adds others`,
    { field: "engine" },
  );
}
