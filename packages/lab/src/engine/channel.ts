/** Sends an event of the running job to the page; `transfer` as of postMessage. */
export type Emit = (event: unknown, transfer?: Transferable[]) => void;
/** Registers who hears what the page tells the running job. */
export type Steer = (listener: (value: unknown) => void) => void;
