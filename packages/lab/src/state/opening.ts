import type { PairModel } from "softfield";
import type { JobEvent } from "../engine/messages.ts";
import { course, type Origin, shown, take, unsettled } from "./glass.ts";
import { read } from "./reading.ts";
import { analyser, simulator, tracked } from "./work.ts";

export interface OpenChoice {
  readonly name: string;
  readonly bytes: ArrayBuffer;
  readonly model: PairModel;
  readonly modelName: string;
  readonly species: string;
  readonly frame: number;
}

/** Opens a configuration file and reads it. */
export async function open(choice: OpenChoice): Promise<void> {
  const { name, bytes, model, modelName, species, frame } = choice;
  const opened = await tracked(`Opening ${name}`, () =>
    analyser.run("open", { bytes, name, model, species, frame }),
  );
  if (!opened) return;
  const { system, summary, lines, ids } = opened;
  const origin: Origin = {
    kind: "file",
    name,
    species,
    frame,
    summary,
    lines,
    minimized: false,
    ...(ids ? { ids } : {}),
  };
  course.value = undefined;
  take({ system, model, modelName, origin });
  await read();
}

/** Brings an opened configuration to its minimum, then reads it. */
export async function settle(): Promise<void> {
  const from = unsettled.value;
  if (from?.origin.kind !== "file") return;
  const result = await tracked("Bringing it to its minimum", (onProgress) =>
    simulator.run("minimize", { system: from.system, model: from.model }, (raw) => {
      const event = raw as JobEvent;
      if (event.type === "progress") onProgress(event.progress);
      else shown.value = event.frame;
    }),
  );
  if (!result) return;
  take({ ...from, system: result.system, origin: { ...from.origin, minimized: true } });
  await read();
}
