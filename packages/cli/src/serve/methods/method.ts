import type { WorkControl } from "softfield";
import type { Answer } from "../messages.ts";
import type { Params } from "../params.ts";
import type { SessionState } from "../session.ts";

/** What a client can ask for: parameters and what it holds → an answer. */
export type Method = (params: Params, state: SessionState, control: WorkControl) => Answer | Promise<Answer>;
