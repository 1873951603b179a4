import { signal } from "@preact/signals";

/** Where one looks from, as a link tells it; empty: the whole box. */
export const look = signal("");
/** What a link asked for and the stage has not taken up yet. */
export const wantedLook = signal<string | undefined>(undefined);
