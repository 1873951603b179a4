import type { ComponentChildren, JSX } from "preact";

interface GroupProps {
  readonly title: ComponentChildren;
  /** Of the heading, which names the group. */
  readonly id: string;
  readonly children: ComponentChildren;
}

/** A part of a panel under its heading. */
export function Group({ title, id, children }: GroupProps): JSX.Element {
  return (
    <section class="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

interface TableProps {
  /** Heading that names the table. */
  readonly labelledBy: string;
  /** Each with its unit, where it has one. */
  readonly columns: readonly (readonly [name: string, unit?: string])[];
  readonly children: ComponentChildren;
}

/** Numbers in columns, in a region that scrolls. */
export function NumberTable({ labelledBy, columns, children }: TableProps): JSX.Element {
  return (
    // A group, as the region of that name is around it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div class="table" role="group" aria-labelledby={labelledBy} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(([name, unit]) => (
              <th key={name} scope="col">
                {name}
                {unit && <small>{unit}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Names and their values. */
export function Facts(props: {
  readonly rows: readonly (readonly [string, string])[];
  readonly class?: string;
}): JSX.Element {
  return (
    <dl class={props.class}>
      {props.rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
