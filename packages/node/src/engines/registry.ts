import { SoftfieldError } from "softfield";
import { planar, requirePeriodic } from "softfield/internal";
import type { EngineKind, EngineRequest, OpenEngine } from "./kind.ts";
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

/**
 * Opens the engine of a name; it sees a planar configuration in two dimensions.
 *
 * Throws "usage" that lists the engines where there is none of the name, "geometry" where the box is not periodic, and
 * what the engine throws.
 */
export async function openEngine(name: string, request: EngineRequest): Promise<OpenEngine> {
  const { snapshot } = request;
  const opened = await engineNamed(name).open({ ...request, snapshot: snapshot && planar(snapshot) });
  try {
    requirePeriodic(opened.snapshot, opened.snapshot.box.dimension);
    return opened;
  } catch (error) {
    await opened.close?.();
    throw error;
  }
}

function engineNamed(name: string): EngineKind {
  const kind = kinds.get(name);
  if (kind) return kind;
  const known = [...kinds.values()].map((one) => `${one.name} (${one.description})`).join("; ");
  throw new SoftfieldError(
    "usage",
    `--engine ${name}: there is no such engine; there are ${known}. A plug-in adds others`,
    { field: "engine" },
  );
}
