import { expect, test } from "vitest";
import { polarPlot } from "./polar.ts";

test("curves close around the centre, rings and angles are labelled, points lie where their angle and radius say", () => {
  const svg = polarPlot({
    curves: [
      { label: "a", radii: [2, 1, 2, 1], points: [[90, 2]] },
      { label: "b", radii: [1, 1, 1, 1] },
    ],
    label: "1/*γ*_{c}",
  });
  expect(svg.match(/<path d="M[^"]*Z"/g)).toHaveLength(2);
  for (const text of ["0°", "45°", "315°", "a", "b"]) expect(svg).toContain(`>${text}<`);
  // the first curve begins at its radius to the right; its point lies as far above
  const [, x, y] = /<path d="M([\d.]+) ([\d.]+)L[^"]*Z"/.exec(svg) as RegExpExecArray;
  const [, cx, cy] = /<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="#/.exec(svg) as RegExpExecArray;
  expect(Number(x) - Number(cx)).toBeCloseTo(Number(y) - Number(cy), 1);
});
