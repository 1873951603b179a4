import { type ErrorCode, type ErrorPlace, SoftfieldError } from "./errors.ts";

/** What a thread tells of the job of an id: events on the way, then an answer or a failure. */
export type JobReply<Event = unknown, Answer = unknown> =
  | { readonly id: number; readonly type: "event"; readonly event: Event }
  | { readonly id: number; readonly type: "answer"; readonly answer: Answer }
  | { readonly id: number; readonly type: "failure"; readonly failure: JobFailure };

/** An error on its way between threads, which keep no classes; without a code it is a fault of our own, with its stack. */
export interface JobFailure {
  readonly code?: ErrorCode;
  readonly message: string;
  readonly place?: ErrorPlace;
  readonly stack?: string;
}

/** What a thread is told: a job to do, or something for the job that runs. */
export type JobMessage<Request = unknown> =
  | { readonly id: number; readonly request: Request }
  | { readonly id: number; readonly steer: unknown };

/** The way to another thread, of whatever kind: a worker, a message port. */
export interface JobPort {
  post(message: unknown, transfer?: Transferable[]): void;
  listen(hear: (message: unknown) => void): void;
}

/** Sends an event of the running job; `transfer` as of postMessage. */
export type Emit<Event> = (event: Event, transfer?: Transferable[]) => void;

/** Registers who hears what the running job is told. */
export type Steer = (listener: (value: unknown) => void) => void;

/**
 * Does the jobs that a port asks for, one at a time, in the thread that calls this. `transferOf`: what of an answer goes
 * over to the other thread instead of being copied, as of postMessage.
 */
export function serveJobs<Request, Event, Answer>(
  port: JobPort,
  perform: (request: Request, emit: Emit<Event>, steer: Steer) => Answer | Promise<Answer>,
  transferOf: (answer: Answer) => Transferable[] | undefined = () => undefined,
): void {
  let running: { readonly id: number; hear?: (value: unknown) => void } | undefined;
  const run = async (id: number, request: Request) => {
    const current: typeof running = { id };
    running = current;
    try {
      const answer = await perform(
        request,
        (event, transfer) => port.post({ id, type: "event", event } satisfies JobReply, transfer),
        (listener) => {
          current.hear = listener;
        },
      );
      port.post({ id, type: "answer", answer } satisfies JobReply, transferOf(answer));
    } catch (error) {
      port.post({ id, type: "failure", failure: failureOf(error) } satisfies JobReply);
    }
  };
  port.listen((message) => {
    const told = message as JobMessage<Request>;
    if ("request" in told) void run(told.id, told.request);
    else if (running?.id === told.id) running.hear?.(told.steer);
  });
}

/** Asks a port that `serveJobs` listens to; one job at a time. */
export class JobCaller<Request, Event, Answer> {
  readonly #port: JobPort;
  #count = 0;
  /** Why the thread is no more. */
  #ended: { readonly error: unknown } | undefined;
  #pending:
    | {
        readonly id: number;
        readonly onEvent: (event: Event) => void;
        readonly resolve: (answer: Answer) => void;
        readonly reject: (error: unknown) => void;
      }
    | undefined;

  constructor(port: JobPort) {
    this.#port = port;
    port.listen((message) => this.#hear(message as JobReply<Event, Answer>));
  }

  /** Asks for a job. Rejects with what it threw: a SoftfieldError as such, faults of our own with their stack. */
  run(
    request: Request,
    onEvent: (event: Event) => void = () => undefined,
    transfer?: Transferable[],
  ): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended.error);
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#pending = { id, onEvent, resolve, reject };
      this.#port.post({ id, request } satisfies JobMessage<Request>, transfer);
    });
  }

  /** Tells the job that runs something. */
  steer(value: unknown): void {
    if (this.#pending) this.#port.post({ id: this.#pending.id, steer: value } satisfies JobMessage);
  }

  /** Tells that the thread is no more: rejects the job that runs, and all that are asked for later. */
  fail(error: unknown): void {
    this.#ended ??= { error };
    this.#pending?.reject(error);
    this.#pending = undefined;
  }

  #hear(reply: JobReply<Event, Answer>): void {
    const pending = this.#pending;
    if (pending?.id !== reply.id) return;
    if (reply.type === "event") {
      pending.onEvent(reply.event);
      return;
    }
    this.#pending = undefined;
    if (reply.type === "answer") pending.resolve(reply.answer);
    else pending.reject(errorOf(reply.failure));
  }
}

/** An error as it goes between threads. */
export function failureOf(error: unknown): JobFailure {
  if (error instanceof SoftfieldError)
    return { code: error.code, message: error.message, place: error.place };
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, stack: error.stack };
}

/** The error that came from another thread. */
function errorOf({ code, message, place, stack }: JobFailure): Error {
  if (code !== undefined) return new SoftfieldError(code, message, place);
  return Object.assign(new Error(message), stack !== undefined && { stack });
}
