import { preset, rectangularBox } from "softfield";
import { expect, test } from "vitest";
import type { LabGlass, Origin } from "../state/glass.ts";
import { commands, makeCommand, shellWord } from "./command.ts";

test("words are quoted as a shell needs it", () => {
  expect(shellWord("glass-1.extxyz")).toBe("glass-1.extxyz");
  expect(shellWord("my glass's.xyz")).toBe("'my glass'\\''s.xyz'");
  expect(shellWord("$(rm)")).toBe("'$(rm)'");
});

test("a recipe becomes a command with what differs from the defaults", () => {
  const base = { model: "2dipl", particles: 1000, seed: 7, kind: "anneal", numbers: {} } as const;
  expect(makeCommand(base, "glass.extxyz")).toBe(
    "softfield make --model 2dipl -n 1000 --seed 7 -o glass.extxyz",
  );
  expect(makeCommand({ ...base, kind: "cooling", numbers: { coolingRate: 0.001, dt: 0.01 } }, "g.xyz")).toBe(
    "softfield make --model 2dipl -n 1000 --seed 7 --protocol cooling --cooling-rate 0.001 --dt 0.01 -o g.xyz",
  );
});

test("a file is read with its model, map and frame; one that was minimised is minimised first", () => {
  const model = preset("2dipl");
  const origin = {
    kind: "file",
    name: "run.dump",
    species: "1=S,2=L",
    frame: 3,
    lines: Int32Array.of(1),
    minimized: true,
  } as unknown as Origin;
  const system = { box: rectangularBox(1, 1), positions: new Float64Array(2), species: new Int32Array(1) };
  const glass: LabGlass = { system, corner: new Float64Array(2), model, modelName: "my model.json", origin };
  const done = { events: 2, angle: 45, plane: "xz", threshold: 0.5, indicators: ["modes"], farthest: 0.5 };
  const [first, second, field, modes, last, none] = commands(glass, done);
  expect(first).toBe(
    "softfield minimize run.dump --model 'my model.json' --species 1=S,2=L --frame 3 -o minimum.extxyz",
  );
  expect(second).toContain("softfield lte minimum.extxyz --model 'my model.json' -o lte.tsv");
  expect(field).toContain("--threshold 0.5 --angle 45 --plane xz -o spots.tsv");
  expect(modes).toContain("--threshold 0.5 --angle 45 --plane xz --indicator modes");
  expect(last).toContain("--events 2 --max-strain 0.5 --angle 45 --plane xz");
  expect(none).toBeUndefined();
});
