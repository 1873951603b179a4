import type { JSX } from "preact";
import { fileFrame, openFile, reopenable, settling, shelf, toFrame } from "../state/files.ts";
import { frames } from "../state/opening.ts";
import { work } from "../state/work.ts";
import { Slider, Toggle } from "./controls.tsx";

/** The frames of the file in view, and the files beside it; nothing where there is one of each. */
export function Trajectory(): JSX.Element | null {
  const count = frames.value ?? 1;
  const files = shelf.value;
  if (count <= 1 && files.length <= 1) return null;
  const busy = work.value !== undefined;
  return (
    <div class="trajectory">
      {files.length > 1 && (
        <fieldset class="row" aria-label="Files">
          {files.map((file) => (
            <button
              key={file.name}
              type="button"
              class="quiet small"
              aria-pressed={file.name === reopenable.value?.name}
              disabled={busy}
              onClick={() => void openFile(file)}
            >
              {file.name}
            </button>
          ))}
        </fieldset>
      )}
      {count > 1 && (
        <>
          <Slider
            label="Frame"
            value={fileFrame.value}
            min={0}
            max={count - 1}
            step={1}
            shown={`${fileFrame.value} of 0 to ${count - 1}`}
            disabled={busy}
            onInput={(frame) => void toFrame(frame)}
          />
          <Toggle
            label="Bring each frame to its minimum"
            checked={settling.value}
            onChange={(checked) => {
              settling.value = checked;
            }}
          />
        </>
      )}
    </div>
  );
}
