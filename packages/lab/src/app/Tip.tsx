import type { JSX } from "preact";
import { facts, pointed } from "../state/hover.ts";

/** The numbers of what the pointer is over, or what was tapped. */
export function Tip(): JSX.Element | null {
  const [now, what] = [pointed.value, facts.value];
  if (!now || !what) return null;
  const [x, y] = now.at;
  return (
    <div
      class={now.pinned ? "tip pinned" : "tip"}
      role={now.pinned ? "status" : undefined}
      style={{ "--x": `${Math.round(x)}px`, "--y": `${Math.round(y)}px` }}
    >
      <strong>{what.title}</strong>
      <dl>
        {what.rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
