import { SoftfieldError } from "softfield";
import type { Emit, Steer } from "softfield/internal";
import { wire } from "./answers.ts";
import type { ForcesReply, SessionEvent } from "./messages.ts";

/** Asks the client for energy and forces at positions (N×d), with which its engine answers. */
export type ClientForces = (
  positions: Float64Array,
  dimension: number,
) => Promise<{ readonly energy: number; readonly forces: Float64Array; readonly energies?: Float64Array }>;

/** The forces of the client of the job at hand: each call goes over the pipe and waits for its answer. */
export function clientForces(emit: Emit<SessionEvent>, steer: Steer): ClientForces {
  let call = 0;
  let hear: ((reply: ForcesReply) => void) | undefined;
  steer((value) => hear?.(value as ForcesReply));
  return async (positions, dimension) => {
    const own = ++call;
    const asked = positions.slice();
    const reply = await new Promise<ForcesReply>((resolve) => {
      hear = (told) => {
        if (told.call === own) resolve(told);
      };
      const arrays = { positions: wire(asked, asked.length / dimension, dimension) };
      emit({ kind: "forces", call: own, arrays });
    });
    const { energy, fault, arrays } = reply;
    if (fault !== undefined) throw new SoftfieldError("numerics", `the engine failed: ${fault}`);
    const [forces, energies] = [arrays.forces?.values, arrays.energies?.values];
    if (typeof energy !== "number" || !(forces instanceof Float64Array)) {
      throw new SoftfieldError(
        "input",
        "the engine's answer has no energy, or no forces of double precision",
      );
    }
    return { energy, forces, ...(energies instanceof Float64Array && { energies }) };
  };
}
