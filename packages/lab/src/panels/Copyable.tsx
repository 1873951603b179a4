import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { failure } from "../state/work.ts";

/** A text to read, with a button that copies it. */
export function Copyable({ label, text }: { readonly label: string; readonly text: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const place = useRef<HTMLPreElement>(null);
  return (
    <div class="copyable">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div role="group" aria-label={label} tabIndex={0}>
        <pre ref={place}>{text}</pre>
      </div>
      <button
        type="button"
        class="small"
        aria-label={`Copy the ${label}`}
        onClick={async () => {
          if (await copy(text, place.current)) {
            setCopied(true);
            setTimeout(() => setCopied(false), 2000);
          } else {
            failure.value = new Error("The browser does not let this page copy: it is marked, press Ctrl+C.");
          }
        }}
      >
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}

/** Copies a text; marks it, too, as pages without a secure origin (a local network) have only that way. */
async function copy(text: string, place: HTMLElement | null): Promise<boolean> {
  // Absent where the origin is not secure, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    return clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  if (place) window.getSelection()?.selectAllChildren(place);
  return document.execCommand("copy");
}
