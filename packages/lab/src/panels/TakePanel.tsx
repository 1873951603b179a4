import type { JSX } from "preact";
import { commands } from "../files/command.ts";
import { save } from "../files/save.ts";
import { glass } from "../state/glass.ts";
import { link } from "../state/link.ts";
import { angle, eventsWanted, foretelling, plane } from "../state/shear.ts";
import { FARTHEST } from "../state/shearing.ts";
import { VIEW_DEFAULTS, view } from "../state/view.ts";
import { announcement, failure } from "../state/work.ts";
import { Copyable } from "./Copyable.tsx";
import { type Item, shelves } from "./downloads.ts";
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
  const { kept } = view.value;
  const done = {
    events: eventsWanted.value,
    angle: angle.value,
    farthest: FARTHEST,
    indicators: Object.keys(foretelling.value.values ?? {}),
    ...(from.system.box.dimension === 3 && { plane: plane.value }),
    ...(kept !== VIEW_DEFAULTS.kept && { threshold: kept }),
  };
  return (
    <>
      {shelves().map(({ title, id, items }) => (
        <Group key={id} title={title} id={id}>
          <Downloads items={items} />
        </Group>
      ))}
      <LinkGroup />
      <Group title="The same on the command line" id="command-title">
        <Copyable label="command lines" text={commands(from, done).join("\n")} />
      </Group>
    </>
  );
}

function Downloads({ items }: { readonly items: readonly Item[] }): JSX.Element {
  return (
    <ul class="downloads">
      {items.map(({ title, file, content }) => (
        <li key={file}>
          <button
            type="button"
            title={file}
            disabled={!content}
            onClick={() => content && void download(file, content)}
          >
            <span>{title}</span>
            <small>{/\.\w+(\.tsv)?$/.exec(file)?.[0]}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

async function download(file: string, content: NonNullable<Item["content"]>): Promise<void> {
  try {
    const made = await content();
    if (made === undefined) return;
    save(file, made);
    announcement.value = `${file} is downloaded.`;
  } catch (error) {
    failure.value = error as Error;
  }
}

function LinkGroup(): JSX.Element {
  const origin = glass.value?.origin;
  const address = link();
  return (
    <Group title="Link" id="link-title">
      {origin?.kind === "made" && address ? (
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
