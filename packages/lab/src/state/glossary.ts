import { signal } from "@preact/signals";

/** The word that is asked for; empty: all of them; undefined: none is. */
export const asked = signal<string | undefined>(undefined);
