import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { stage } from "../app/stage.ts";
import { commands } from "../files/command.ts";
import {
  bondMapSvg,
  bondsText,
  configurationText,
  displacementMapSvg,
  eventsText,
  fieldSvg,
  lammpsText,
  save,
  spotsText,
  stressStrainSvg,
  stressStrainText,
  triplesText,
} from "../files/downloads.ts";
import { glass, reading } from "../state/glass.ts";
import { link } from "../state/link.ts";
import { field, spots } from "../state/maps.ts";
import { angle, eventsWanted, matched, passed } from "../state/shear.ts";
import { announcement, failure } from "../state/work.ts";
import { Group } from "./Group.tsx";

/** Files, link and command lines. */
export function TakePanel(): JSX.Element {
  const from = glass.value;
  if (!from) {
    return (
      <Group title="Take away" id="take-title">
        <p class="hint">There is no glass yet: make one, or open one.</p>
      </Group>
    );
  }
  return (
    <>
      <Downloads />
      <LinkGroup />
      <Group title="The same on the command line" id="command-title">
        <Copyable
          label="command lines"
          text={commands(from, { events: eventsWanted.value, angle: angle.value }).join("\n")}
        />
      </Group>
    </>
  );
}

function Downloads(): JSX.Element {
  const from = glass.value!;
  const now = reading.value;
  const found = spots.value;
  const map = field.value;
  const name = baseName();
  const items: readonly (readonly [string, string, (() => string | Promise<Blob>) | undefined])[] = [
    ["Configuration, extended XYZ", `${name}.extxyz`, () => configurationText(from)],
    ["Configuration, LAMMPS data", `${name}.data`, () => lammpsText(from)],
    ["Local thermal energies", `${name}.lte.tsv`, now && (() => bondsText(now))],
    ...(now?.triples
      ? [["Those of triples", `${name}.lte.triples.tsv`, () => triplesText(now.triples!)] as const]
      : []),
    ["Soft spots", `${name}.spots.tsv`, found && (() => spotsText(found))],
    [
      "Plastic events",
      `${name}.events.json`,
      matched.value.length > 0 ? () => eventsText(matched.value) : undefined,
    ],
    [
      "Stress–strain curve",
      `${name}.stress-strain.tsv`,
      passed.value.length > 0 ? () => stressStrainText(passed.value) : undefined,
    ],
    ["Bonds, figure", `${name}.lte.svg`, now && (() => bondMapSvg(now))],
    ["Arrows, figure", `${name}.displacement.svg`, now && (() => displacementMapSvg(now))],
    [
      "Field, figure",
      `${name}.field.svg`,
      map && found && (() => fieldSvg(map, { spots: found, events: matched.value, system: from.system })),
    ],
    [
      "Stress–strain curve, figure",
      `${name}.stress-strain.svg`,
      passed.value.length > 1 ? () => stressStrainSvg(passed.value, matched.value) : undefined,
    ],
    ["The picture in view", `${name}.png`, () => stage.value!.png()],
  ];
  return (
    <Group title="Download" id="downloads-title">
      <ul class="downloads">
        {items.map(([title, file, content]) => (
          <li key={file}>
            <button type="button" disabled={!content} onClick={() => void download(file, content!)}>
              <span>{title}</span>
              <small>{file.slice(name.length)}</small>
            </button>
          </li>
        ))}
      </ul>
    </Group>
  );
}

async function download(file: string, content: () => string | Promise<Blob>): Promise<void> {
  try {
    save(file, await content());
    announcement.value = `${file} is downloaded.`;
  } catch (error) {
    failure.value = error as Error;
  }
}

/** model_nN_sSEED, or the name of the file opened without its endings. */
function baseName(): string {
  const { origin, system } = glass.value!;
  if (origin.kind === "file") return origin.name.replace(/(\.gz)?$/, "").replace(/\.[^.]*$/, "") || "glass";
  return `${origin.recipe.model}_n${system.species.length}_s${origin.recipe.seed}`;
}

function LinkGroup(): JSX.Element {
  const { origin } = glass.value!;
  const address = link();
  return (
    <Group title="Link" id="link-title">
      {origin.kind === "made" && address ? (
        <>
          <p class="hint">
            Holds model, N, seed and settings; whoever opens it gets the same glass, bit for bit.
          </p>
          <Copyable label="link" text={address} />
          <p class="hint">
            SHA-256 of the configuration file, here as from the command line:{" "}
            <code class="sha" data-testid="sha256">
              {origin.sha256}
            </code>
          </p>
        </>
      ) : (
        <p class="hint">A glass from a file has no link: give the file and the commands below.</p>
      )}
    </Group>
  );
}

function Copyable({ label, text }: { readonly label: string; readonly text: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  return (
    <div class="copyable">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls */}
      <section aria-label={label} tabIndex={0}>
        <pre>{text}</pre>
      </section>
      <button
        type="button"
        class="small"
        aria-label={`Copy the ${label}`}
        onClick={() => {
          navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => {
              failure.value = new Error(
                "The browser does not let this page copy: mark the text and copy it.",
              );
            },
          );
          setTimeout(() => setCopied(false), 2000);
        }}
      >
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}
