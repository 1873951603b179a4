import type { JSX } from "preact";
import { Facts } from "../panels/Group.tsx";
import { facts, pointed } from "../state/pointed.ts";

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
      <Facts rows={what.rows} />
    </div>
  );
}
