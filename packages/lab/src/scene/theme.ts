import { computed } from "@preact/signals";
import { themeName } from "../state/view.ts";
import { SCENE, type SceneTheme } from "./palette.ts";

/** What the scene is painted with, by the theme of the page. */
export const sceneTheme = computed<SceneTheme>(() => SCENE[themeName.value]);
