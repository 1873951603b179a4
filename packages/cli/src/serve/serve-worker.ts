/** The thread of a session: does one request after the other, as `server.ts` asks. */
import { availableParallelism } from "node:os";
import { serveThread, useMachine } from "@softfield/node";
import { SoftfieldError } from "softfield";
import type { Emit, Steer } from "softfield/internal";
import { clientForces } from "./clientforces.ts";
import type { Answer, NumberedRequest, SessionEvent, SessionSetup } from "./messages.ts";
import { METHODS } from "./methods/index.ts";
import type { ServeControl } from "./methods/method.ts";
import { Params } from "./params.ts";
import { SessionState } from "./session.ts";

/** Progress is told this often. */
const PROGRESS_MS = 50;

await serveThread(({ stop, thread, threads }: SessionSetup) => {
  useMachine(threads);
  const state = new SessionState(thread);
  const stopped = new Int32Array(stop);
  return async (request: NumberedRequest, emit: Emit<SessionEvent>, steer: Steer): Promise<Answer> => {
    const method = METHODS.get(request.method);
    if (!method) {
      const message = `there is no method ${request.method}; there are ${[...METHODS.keys()].join(", ")}`;
      throw new SoftfieldError("usage", message, { field: "method" });
    }
    let told = performance.now();
    const stopping = () => Atomics.load(stopped, 0) === request.id;
    const control: ServeControl = {
      stopped: stopping,
      threads: threads ?? availableParallelism(),
      onProgress: (progress) => {
        if (stopping()) throw new SoftfieldError("aborted", "stopped on request");
        const now = performance.now();
        if (now - told < PROGRESS_MS) return;
        told = now;
        emit({ kind: "progress", progress });
      },
    };
    return await method(new Params(request), state, control, clientForces(emit, steer));
  };
});
