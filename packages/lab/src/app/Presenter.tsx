import type { JSX } from "preact";
import { QrCode } from "../panels/QrCode.tsx";
import { link } from "../state/link.ts";
import { codeShown, embedded, playOrPause, present, presenting } from "../state/mode.ts";
import { replay } from "../state/replay.ts";
import { chosenEvent, ended, foretelling, playing, sheared } from "../state/shear.ts";
import { unshear } from "../state/shearing.ts";
import { SCENES, scene } from "../state/story.ts";
import { briefly, judged, sentence } from "../state/verdict.ts";
import { work } from "../state/work.ts";

/** Over the stage where it stands alone: what came true, what there is to press. */
export function Presenter(): JSX.Element {
  const list = judged.value;
  const told = list.find(({ ordinal }) => ordinal === chosenEvent.value) ?? list.at(-1);
  const address = link();
  const waits = !foretelling.value.reading || work.value !== undefined;
  return (
    <div class="presenter">
      <h1 class="visually-hidden">softfield lab</h1>
      {codeShown.value && address && <QrCode text={address} label="QR code of what is in view" />}
      {scene.value !== undefined && presenting.value && (
        <p class="caption">
          {scene.value} of {SCENES.length}
        </p>
      )}
      {list[0] && !playing.value && <p class="caption">{sentence(list[0])}</p>}
      {told?.lte && told !== list[0] && !playing.value && (
        <p class="caption after">
          Event {told.ordinal}: {briefly(told.lte)}.
        </p>
      )}
      {work.value && <p class="caption">{work.value.label} …</p>}
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={!playing.value && (waits || ended.value !== undefined)}
          onClick={playOrPause}
        >
          {playing.value ? "Pause" : sheared.value ? "Go on" : "Shear"}
        </button>
        {chosenEvent.value !== undefined && (
          <button type="button" onClick={replay}>
            Again
          </button>
        )}
        {sheared.value && !playing.value && (
          <button type="button" onClick={unshear}>
            Undo
          </button>
        )}
        {presenting.value && (
          <button type="button" onClick={() => present(false)}>
            Leave (Esc)
          </button>
        )}
        {embedded && address && (
          <a class="button" href={address.replace(/[&#]embed=1/, "")} target="_blank" rel="noopener">
            Open in the lab
          </a>
        )}
        {presenting.value && (
          <span class="hint keys">
            space shear or wait · ← → events · 1–9 event · r again · u undo · q QR code · drag, wheel the
            picture
          </span>
        )}
      </div>
    </div>
  );
}
