import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { beginBranch, descentOf, type ElasticBranch } from "./branch.ts";
import { Deformation } from "./deformation.ts";
import { descend } from "./descent.ts";
import type { ArcLengthWalker } from "./follow.ts";
import { resolveShear } from "./options.ts";
import { release, staysAtDistance } from "./release.ts";
import { place } from "./stage.ts";

const { system, model } = readReference("2dipl_400");
const settings = resolveShear({});
const deformation = Deformation.of(system.box);
const branch = beginBranch(
  { system, model, deformation, strain: 0, last: undefined, stretches: new Float64Array() },
  settings,
) as ElasticBranch;
const walker = branch.walker as ArcLengthWalker;
const descent = descentOf(settings, branch);
let end = walker.step();
while (!end) end = walker.step();
const last = walker.point;

describe("from the end of the first branch of 2dipl_400", () => {
  test("the branch ended in a fold, bracketed", () => {
    expect(end).toMatchObject({ kind: "unstable", fold: true });
    if (end?.kind !== "unstable") return;
    expect(end.strain).toBeGreaterThan(last.strain);
    expect(end.upper - last.strain).toBeLessThanOrEqual(1.01 * settings.tolerance);
    expect(last.eigenvalue).toBeLessThan(1e-2);
  });

  test("the push leads past the fold: even at a strain that is still stable the system goes down", () => {
    const down = release(branch.stage, last, last.strain, descent);
    expect(down.ended).toBe(true);
    expect(last.energy - branch.stage.field.energy).toBeCloseTo(0.10689, 3);
    expect(staysAtDistance(branch.stage, last, down, descent)).toBe(true);
  });

  test("without it the system stays where it is, and that is no event", () => {
    place(branch.stage, last.strain, last.fractional);
    expect(descend(branch.stage, descent)).toBe(true);
    expect(branch.stage.field.energy).toBeCloseTo(last.energy, 9);
    const stay = { ended: true, fractional: last.fractional, displacements: last.fractional, trigger: 0 };
    expect(staysAtDistance(branch.stage, last, stay, descent)).toBe(false);
  });

  test("a minimiser out of evaluations or interrupted says so", () => {
    expect(release(branch.stage, last, last.strain + 1e-6, { ...descent, maxEvaluations: 5 }).ended).toBe(
      false,
    );
    const stopped = { ...descent, interrupted: () => true };
    expect(release(branch.stage, last, last.strain + 1e-6, stopped).ended).toBe(false);
  });
});
