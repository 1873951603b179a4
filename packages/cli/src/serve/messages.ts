import type { JobFailure, Progress } from "softfield/internal";
import type { WireArray } from "./frames.ts";

/** Version of what goes over the pipe; a client of another one is told so. */
export const PROTOCOL = 1;

/** What a client asks for. */
export interface Request {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, WireArray>>;
}

/** What a request gives. */
export interface Answer {
  readonly value: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, WireArray>>;
}

/** What the thread of a session is started with. */
export interface SessionSetup {
  /** Number of the request that is to stop; 0: none. Shared, since a thread at work hears nothing else. */
  readonly stop: SharedArrayBuffer;
  /** How many threads the session has had before: what is held is numbered anew in each, and never alike. */
  readonly thread: number;
  /** That share the work on a large glass; default all cores. */
  readonly threads?: number | undefined;
}

/** A request with its number. */
export interface NumberedRequest extends Request {
  readonly id: number;
}

/** What the thread tells on the way. */
export type SessionEvent =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "forces"; readonly call: number; readonly arrays: Answer["arrays"] };

/** What a client's engine gives for a call, or why it fails. */
export interface ForcesReply {
  readonly call: number;
  readonly energy?: number | undefined;
  readonly fault?: string | undefined;
  readonly arrays: Answer["arrays"];
}

/** Kinds of messages from the server. */
export type Reply =
  | { readonly type: "hello"; readonly protocol: number; readonly softfield: string }
  | ({ readonly type: "progress"; readonly id: number } & Progress)
  | { readonly type: "forces"; readonly id: number; readonly call: number }
  | { readonly type: "answer"; readonly id: number; readonly value: Answer["value"] }
  | { readonly type: "failure"; readonly id: number; readonly failure: JobFailure };
