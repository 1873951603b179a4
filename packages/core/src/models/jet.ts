import { Jet } from "./jets.ts";

/** Value and derivatives by x of what was evaluated last: no allocation a pair. */
export const jet = new Jet();
