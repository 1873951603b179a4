import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { type NumberBounds, parseNumber } from "./parsenumber.ts";

interface NumberProps extends NumberBounds {
  readonly label: ComponentChildren;
  readonly unit?: string;
  readonly value: number | undefined;
  readonly placeholder?: string;
  readonly list?: readonly number[];
  /** Called with numbers that are in bounds, and with nothing for the default. */
  readonly onChange: (value: number | undefined) => void;
}

/** Text that is being typed, and why it is refused. */
interface Draft {
  readonly text: string;
  readonly why?: string;
}

/**
 * A number, or nothing for the default. What is in bounds counts with each key, so that nothing moves under the
 * pointer when the field is left; what is not stays as typed, and is told of beneath once the field is left.
 */
export function NumberField(props: NumberProps): JSX.Element {
  const { label, unit, value, placeholder, list, whole, onChange } = props;
  const id = useId();
  const [draft, setDraft] = useState<Draft>();
  useEffect(() => {
    // Another value than the one that is being typed was set.
    setDraft((now) => (now && parseNumber(now.text, { whole }).value === value ? now : undefined));
  }, [value]);
  const typed = (text: string): void => {
    const { value: given, why } = parseNumber(text, { whole });
    setDraft(why !== undefined && draft?.why !== undefined ? { text, why } : { text });
    if (given !== undefined) onChange(given);
  };
  const left = (input: HTMLInputElement): void => {
    const text = input.value;
    const { value: given, why } = parseNumber(text, { whole });
    // At once: the press that left the field asks for it.
    if (why !== undefined) input.setAttribute("aria-invalid", "true");
    setDraft(why === undefined ? undefined : { text, why });
    if (why === undefined) onChange(given);
  };
  const why = draft?.why;
  return (
    <div class="field">
      <label for={id}>
        {label}
        {unit && <small>{unit}</small>}
      </label>
      <input
        id={id}
        type="text"
        inputMode={whole ? "numeric" : "decimal"}
        autocomplete="off"
        value={draft ? draft.text : value === undefined ? "" : String(value)}
        placeholder={placeholder}
        list={list ? `${id}-list` : undefined}
        aria-invalid={why === undefined ? undefined : "true"}
        aria-describedby={why === undefined ? undefined : `${id}-wrong`}
        onInput={(event) => typed(event.currentTarget.value)}
        onChange={(event) => left(event.currentTarget)}
      />
      {why !== undefined && (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {why}
        </p>
      )}
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((entry) => (
            <option key={entry} value={entry} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/** Opens and focuses the first field of a form, or of a part, that holds no number; false where all are fine. */
export function showRefused(form: HTMLElement): boolean {
  const field = form.querySelector<HTMLInputElement>("input[aria-invalid=true]");
  if (!field) return false;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
  return true;
}
