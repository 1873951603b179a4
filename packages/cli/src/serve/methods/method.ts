import type { WorkControl } from "softfield";
import type { ClientForces } from "../clientforces.ts";
import type { Answer } from "../messages.ts";
import type { Params } from "../params.ts";
import type { SessionState } from "../session.ts";

/** What a client can ask for: parameters and what it holds → an answer. */
export type Method = (
  params: Params,
  state: SessionState,
  control: WorkControl,
  forces: ClientForces,
) => Answer | Promise<Answer>;
