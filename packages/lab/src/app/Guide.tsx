import type { JSX } from "preact";
import { game } from "../state/game.ts";
import { scene } from "../state/story.ts";
import { GameGuide } from "./GameGuide.tsx";
import { StoryGuide } from "./StoryGuide.tsx";

/** What stands beside the stage while a story is told or a game is played. */
export function Guide(): JSX.Element | null {
  if (game.value) return <GameGuide />;
  return scene.value === undefined ? null : <StoryGuide number={scene.value} />;
}
