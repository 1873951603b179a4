import type { JSX } from "preact";
import { commands } from "../files/command.ts";
import { save } from "../files/save.ts";
import { glass } from "../state/glass.ts";
import { link } from "../state/link.ts";
import { angle, eventsWanted, foretelling, plane } from "../state/shear.ts";
import { MAX_STRAIN } from "../state/shearing.ts";
import { VIEW_DEFAULTS, view } from "../state/view.ts";
import { announcement, failure } from "../state/work.ts";
import { Copyable } from "./Copyable.tsx";
import { type Item, shelves } from "./downloads.ts";
import { Group } from "./Group.tsx";
import { QrCode } from "./QrCode.tsx";

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
    farthest: MAX_STRAIN,
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
  const embedded = link({ embed: "1" });
  return (
    <Group title="Link" id="link-title">
      {origin && address && embedded ? (
        <>
          <p class="hint">
            {origin.kind === "made" || !origin.recipe
              ? "Holds the glass, what is shown of it, and from where; whoever opens it sees the same, bit for bit."
              : "By its header this file was made by softfield: the link makes it anew, with all that is shown of it."}
          </p>
          <Copyable label="link" text={address} />
          <details>
            <summary>QR code, and for a page of your own</summary>
            <QrCode text={address} label="QR code of the link" />
            <Copyable
              label="frame"
              text={`<iframe src="${embedded.replaceAll("&", "&amp;")}" width="720" height="640" style="border:0" allow="fullscreen" title="softfield lab"></iframe>`}
            />
            <p class="hint">
              Stage, legend and a button to play only; the page that holds it hears of each event by
              postMessage (source “softfield”).
            </p>
          </details>
          {origin.kind === "made" && (
            <p class="hint">
              SHA-256 of the configuration file, here as from the command line:{" "}
              <code class="sha" data-testid="sha256">
                {origin.sha256}
              </code>
            </p>
          )}
        </>
      ) : (
        <p class="hint">A glass from a file has no link: give the file and the commands below.</p>
      )}
    </Group>
  );
}
