import { signal } from "@preact/signals";
import type { Scene } from "./scene.ts";

/** The scene on the stage, once the page is up. */
export const stage = signal<Scene | undefined>(undefined);
