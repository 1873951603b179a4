import { coordinate, element, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import type { Theme } from "../theme.ts";
import { type Plane, pageX } from "./series.ts";

/** A value of x that is marked, and what stands above it. */
export interface NumberedMark {
  readonly at: number;
  readonly label: string;
}

/** From the frame to the middle of the row, and the row's height, in sizes of its type. */
const LEADER = 0.75;
const ROW = 1.15;

/** Height that the labels take above the frame. */
export function roomForNumbers({ smallFontSize }: Theme, numbers: readonly NumberedMark[]): number {
  return numbers.length === 0 ? 0 : smallFontSize * (LEADER + ROW);
}

/** A dashed line down the chart at each value. */
export function numberLines(plane: Plane, numbers: readonly NumberedMark[]): string {
  if (numbers.length === 0) return "";
  const { theme, top, bottom } = plane;
  const size = theme.smallFontSize;
  return element("path", {
    d: numbers
      .map(({ at }) => `M${coordinate(pageX(plane, at))} ${coordinate(top)}V${coordinate(bottom)}`)
      .join(""),
    fill: "none",
    stroke: theme.faint,
    "stroke-width": theme.frameWidth,
    "stroke-dasharray": `${coordinate(size * 0.4)} ${coordinate(size * 0.3)}`,
  });
}

/**
 * The labels in a row above the frame, each as near to its line as its
 * neighbours let it be (least squares), joined to it by a leader. Where there are more than the row holds, those nearest to each other
 * share a label, "5–7".
 */
export function numberLabels(plane: Plane, numbers: readonly NumberedMark[]): string {
  if (numbers.length === 0) return "";
  const { theme, top, left, right } = plane;
  const size = theme.smallFontSize;
  const room = { left: left - size * 0.5, right: right + theme.margin * 0.5 };
  const groups = grouped(
    [...numbers]
      .sort((a, b) => a.at - b.at)
      .map(({ at, label }) => ({
        from: pageX(plane, at),
        to: pageX(plane, at),
        first: label,
        last: label,
      })),
    { size, width: room.right - room.left },
  );
  const places = spread(
    groups.map((group) => ({ wish: (group.from + group.to) / 2, width: widthOf(group, size) })),
    room,
  );
  let leaders = "";
  let labels = "";
  groups.forEach((group, k) => {
    const foot = top - size * LEADER;
    for (const at of group.from === group.to ? [group.from] : [group.from, group.to])
      leaders += `M${coordinate(at)} ${coordinate(top)}L${coordinate(places[k])} ${coordinate(foot)}`;
    labels += textElement(labelOf(group), {
      class: "number",
      x: places[k],
      y: foot - size * 0.15,
      "text-anchor": "middle",
      "font-size": size,
      fill: theme.ink,
    });
  });
  return (
    element("path", { d: leaders, fill: "none", stroke: theme.faint, "stroke-width": theme.frameWidth }) +
    labels
  );
}

interface Group {
  /** Page coordinates of its first and last line. */
  readonly from: number;
  readonly to: number;
  readonly first: string;
  readonly last: string;
}

function labelOf({ first, last }: Group): string {
  if (first === last) return first;
  // events of a load the other way come from the right
  return Number(first) > Number(last) ? `${last}–${first}` : `${first}–${last}`;
}

/** With the space to the next. */
function widthOf(group: Group, size: number): number {
  return textWidth(labelOf(group), size) + size * 0.35;
}

/** Neighbours share a label, the nearest first, until all fit beside each other. */
function grouped(all: readonly Group[], { size, width }: { size: number; width: number }): Group[] {
  const groups = [...all];
  const taken = () => groups.reduce((sum, group) => sum + widthOf(group, size), 0);
  while (groups.length > 1 && taken() > width) {
    let nearest = 0;
    for (let k = 1; k + 1 < groups.length; k++)
      if (groups[k + 1].to - groups[k].from < groups[nearest + 1].to - groups[nearest].from) nearest = k;
    const [a, b] = [groups[nearest], groups[nearest + 1]];
    groups.splice(nearest, 2, { from: a.from, to: b.to, first: a.first, last: b.last });
  }
  return groups;
}

/**
 * Middles of labels in a row, in their order, that do not overlap and are nearest to their wishes in least squares: runs of
 * labels that touch are put together as long as they overlap (pool adjacent violators), then brought within the row.
 */
function spread(
  labels: readonly { readonly wish: number; readonly width: number }[],
  { left, right }: { left: number; right: number },
): number[] {
  interface Run {
    count: number;
    /** Of wishes less the offsets within the run. */
    sum: number;
    width: number;
  }
  const runs: Run[] = [];
  /** Left end: each label wishes its run to begin where it would stand by itself. */
  const start = ({ sum, count, width }: Run): number => Math.min(right - width, Math.max(left, sum / count));
  for (const { wish, width } of labels) {
    runs.push({ count: 1, sum: wish - width / 2, width });
    for (let last = runs.at(-1) as Run, before = runs.at(-2); before; last = before, before = runs.at(-2)) {
      if (start(before) + before.width <= start(last)) break;
      before.sum += last.sum - last.count * before.width;
      before.count += last.count;
      before.width += last.width;
      runs.pop();
    }
  }
  const places: number[] = [];
  for (const run of runs) {
    let at = start(run);
    for (let n = 0; n < run.count; n++) {
      const { width } = labels[places.length];
      places.push(at + width / 2);
      at += width;
    }
  }
  return places;
}
