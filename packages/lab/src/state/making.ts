import { batch } from "@preact/signals";
import type { Frame, JobEvent, MadeGlass } from "../engine/messages.ts";
import { type Course, follow } from "./course.ts";
import { cast, course, forget, making, passing, take, wish } from "./glass.ts";
import { latest } from "./latest.ts";
import { modelNamed } from "./ownmodels.ts";
import { read } from "./reading.ts";
import { choice, protocolOptions, type RecipeChoice } from "./recipe.ts";
import { analyser, announcement, aside, simulator, tracked } from "./work.ts";

/** Makes the glass of the recipe chosen, and reads it; unless another glass is wanted meanwhile. */
export async function make(): Promise<void> {
  const recipe = choice.value;
  const model = modelNamed(recipe.model);
  const wanted = wish();
  analyser.stop();
  analyser.warm();
  batch(() => {
    forget();
    course.value = undefined;
    making.value = true;
  });
  const input = {
    recipe: { model, particles: recipe.particles, seed: recipe.seed, protocol: protocolOptions(recipe) },
    unhurried: recipe.particles <= 4000,
    version: __SOFTFIELD_VERSION__,
  };
  let curves: Course | undefined;
  const pictures = latest((frame: Frame) => {
    batch(() => {
      passing.value = frame;
      course.value = curves;
    });
  });
  const made = await tracked("Making the glass", (onProgress) =>
    simulator.run("make", input, (raw) => {
      const event = raw as JobEvent;
      if (event.type === "progress") {
        onProgress(event.progress);
        return;
      }
      const { frame } = event;
      if (frame.species) cast.value = { model, species: frame.species };
      curves = follow(curves, frame);
      pictures.offer(frame);
    }),
  );
  pictures.end();
  if (!wanted()) return;
  making.value = false;
  course.value = curves;
  if (!made) {
    // Stopped, or failed: a liquid without a name does not stay.
    forget();
    return;
  }
  await show(recipe, made);
}

async function show(recipe: RecipeChoice, made: MadeGlass): Promise<void> {
  const { system, protocol, text, sha256, corner } = made;
  take({
    system,
    corner,
    model: modelNamed(recipe.model),
    modelName: recipe.model,
    origin: { kind: "made", recipe, protocol, text, sha256 },
  });
  announcement.value = `The glass is made: ${system.species.length} particles.`;
  await read();
}

/** Makes a glass ahead, beside what goes on; undefined where that did not succeed or another one was asked for since. */
export function makeAhead(recipe: RecipeChoice): Promise<MadeGlass | undefined> {
  const input = {
    recipe: {
      model: modelNamed(recipe.model),
      particles: recipe.particles,
      seed: recipe.seed,
      protocol: protocolOptions(recipe),
    },
    unhurried: false,
    version: __SOFTFIELD_VERSION__,
  };
  return aside.run("make", input).result.catch(() => undefined);
}

/** Puts a glass that was made ahead on the stage, and reads it. */
export async function takeMade(recipe: RecipeChoice, made: MadeGlass): Promise<void> {
  wish();
  analyser.stop();
  choice.value = recipe;
  course.value = undefined;
  await show(recipe, made);
}
