import { batch, effect } from "@preact/signals";
import { addressOf } from "./address.ts";
import { game, leaveGame } from "./game.ts";
import { forget, glass, type LabGlass, take, wish } from "./glass.ts";
import { followAddress, link } from "./link.ts";
import { galleryOpen } from "./mode.ts";
import { classOpen } from "./pool.ts";
import { read } from "./reading.ts";
import { leaveStory } from "./story.ts";
import { analyser, simulator } from "./work.ts";

/** So many glasses are kept to go back to; older ones are made again, where a link can. */
const KEPT = 6;
const kept: { readonly number: number; readonly glass: LabGlass }[] = [];
let count = 0;
/** The address came first, and what it names follows. */
let arriving = false;

/** Goes to what the address names, and keeps it that of what is in view; each glass is a place to go back to. */
export function followHistory(): () => void {
  arriving = followAddress() === "glass";
  const changed = (): void => arrive();
  window.addEventListener("hashchange", changed);
  let last: LabGlass | undefined;
  const end = effect(() => {
    const now = glass.value;
    const address = link();
    if (!now || (game.value && last)) return;
    if (now !== last) {
      last = now;
      const number = ++count;
      kept.push({ number, glass: now });
      if (kept.length > KEPT) kept.shift();
      const name = now.origin.kind === "file" ? now.origin.name : "glass";
      const place = address ?? addressOf(`file=${encodeURIComponent(name)}`);
      if (arriving || window.location.href === place)
        window.history.replaceState({ glass: number }, "", place);
      else window.history.pushState({ glass: number }, "", place);
      arriving = false;
    } else if (!arriving && address && address !== window.location.href) {
      window.history.replaceState(window.history.state, "", address);
    }
  });
  return () => {
    end();
    window.removeEventListener("hashchange", changed);
  };
}

/** The address was changed: by hand, by a link, or by going back. */
function arrive(): void {
  classOpen.value = false;
  galleryOpen.value = false;
  const number = (window.history.state as { readonly glass?: number } | null)?.glass;
  const known = kept.find((each) => each.number === number);
  if (known && !window.location.hash.includes("game=")) {
    leaveGuides();
    if (glass.peek() === known.glass) return;
    arriving = true;
    wish();
    simulator.stop();
    analyser.stop();
    take(known.glass);
    void read();
    return;
  }
  // What is left does not write over the address that is to be followed.
  arriving = true;
  leaveGuides();
  const found = followAddress();
  arriving = found === "glass";
  if (found === "nothing") welcome();
}

function leaveGuides(): void {
  leaveStory();
  leaveGame();
}

/** Back to the first screen: what is in view is left, and can be gone back to. */
export function welcome(): void {
  batch(() => {
    leaveGuides();
    wish();
    simulator.stop();
    analyser.stop();
    forget();
  });
  if (window.location.hash !== "") window.history.pushState(null, "", addressOf(""));
}
