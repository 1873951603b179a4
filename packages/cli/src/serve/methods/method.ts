import type { Progress, WorkControl } from "softfield/internal";
import type { ClientForces } from "../clientforces.ts";
import type { Answer } from "../messages.ts";
import type { Params } from "../params.ts";
import type { SessionState } from "../session.ts";

/** How a request tells of its work, and is stopped. */
export interface ServeControl extends WorkControl {
  /** Throws "aborted" where the client has stopped the request. */
  readonly onProgress: (progress: Progress) => void;
  /** Whether it has, for work that goes on in other threads. */
  readonly stopped: () => boolean;
  /** That work of several threads may take. */
  readonly threads: number;
}

/** What a client can ask for: parameters and what it holds → an answer. */
export type Method = (
  params: Params,
  state: SessionState,
  control: ServeControl,
  forces: ClientForces,
) => Answer | Promise<Answer>;
