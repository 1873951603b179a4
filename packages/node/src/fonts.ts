import { fileURLToPath } from "node:url";

/** Family that figures name first; its faces are bundled under fonts/ (SIL Open Font License 1.1). */
export const FONT_FAMILY = "Liberation Sans";

/** Paths of the bundled faces: beside src and dist. */
export const FONT_FILES: readonly string[] = ["Regular", "Italic", "Bold"].map((face) =>
  fileURLToPath(new URL(`../fonts/LiberationSans-${face}.ttf`, import.meta.url)),
);
