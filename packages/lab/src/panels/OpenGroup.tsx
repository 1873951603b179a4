import type { JSX } from "preact";
import {
  EXAMPLES,
  fileFrame,
  fileModel,
  fileSpecies,
  modelOptions,
  openExample,
  openFiles,
  reopen,
  reopenable,
} from "../state/files.ts";
import { unsettled } from "../state/glass.ts";
import { settle } from "../state/opening.ts";
import { Select } from "./controls.tsx";
import { Group } from "./Group.tsx";
import { NumberField, showRefused } from "./NumberField.tsx";
import { Trajectory } from "./Trajectory.tsx";

/** A file or an example instead of a glass made here. */
export function OpenGroup(): JSX.Element {
  return (
    <Group title="Or open one" id="open-title">
      <p class="hint">
        Drop an extended XYZ, LAMMPS data or dump file anywhere on this page, also as .gz, also several, also
        a trajectory. For a potential of your own drop its model file (.json), your input script of LAMMPS or
        a file of embedded atoms with it. Everything stays in your browser.
      </p>
      <ReadAs />
      <Choose />
      <Trajectory />
      {unsettled.value && (
        <p class="notice">
          This configuration is no energy minimum.{" "}
          <button type="button" onClick={() => void settle()}>
            Bring it to its minimum
          </button>
        </p>
      )}
      <h3>Examples</h3>
      <div class="row wrap">
        {EXAMPLES.map((example) => (
          <button
            type="button"
            key={example.name}
            class="quiet"
            onClick={() => void openExample(example)}
            title={example.text}
          >
            {example.title}
          </button>
        ))}
      </div>
    </Group>
  );
}

/** What the file does not say. */
function ReadAs(): JSX.Element {
  return (
    <div class="columns">
      <Select
        label="Its model"
        value={fileModel.value}
        options={modelOptions()}
        onChange={(name) => {
          fileModel.value = name;
        }}
      />
      <div class="field">
        <label for="species-map">Species map</label>
        <input
          id="species-map"
          type="text"
          placeholder="e.g. 1=S,2=L"
          value={fileSpecies.value}
          onChange={(event) => {
            fileSpecies.value = event.currentTarget.value;
          }}
        />
      </div>
    </div>
  );
}

/** By a button instead of a drop; what was opened once more, another frame of it. */
function Choose(): JSX.Element {
  const again = reopenable.value;
  return (
    <div class="row open-row">
      <label class="button">
        Choose a file
        <input
          type="file"
          multiple
          class="hidden-input"
          onChange={(event) => {
            const files = Array.from(event.currentTarget.files ?? []);
            event.currentTarget.value = "";
            void openFiles(files);
          }}
        />
      </label>
      {again && (
        <button
          type="button"
          onClick={(event) => {
            const row = event.currentTarget.closest<HTMLElement>(".open-row");
            if (!row || !showRefused(row)) void reopen();
          }}
        >
          Open {again.name} again
        </button>
      )}
      {again && (
        <NumberField
          label="Frame"
          value={fileFrame.value}
          whole={[0]}
          onChange={(frame) => {
            fileFrame.value = frame ?? 0;
          }}
        />
      )}
    </div>
  );
}
