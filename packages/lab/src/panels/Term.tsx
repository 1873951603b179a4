import type { ComponentChildren, JSX } from "preact";
import { asked } from "../state/glossary.ts";

/** A term where it is first used: pressed, it is explained. */
export function Term(props: { readonly word: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <button
      type="button"
      class="term"
      title="What is this?"
      onClick={() => {
        asked.value = props.word;
      }}
    >
      {props.children}
    </button>
  );
}
