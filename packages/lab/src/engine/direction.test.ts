import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extxyzText, frameOfSystem, makeGlass, preset, readSnapshot, toSystem } from "softfield/internal";
import { expect, test } from "vitest";
import { slopeAlong } from "../state/slope.ts";
import { slopesJob } from "./direction.ts";

const cli = new URL("../../../cli/test/source-cli.ts", import.meta.url);

test.each(["2dipl", "3dipl"] as const)(
  "%s: the page's slopes are the columns of 'softfield lte --derivative'",
  (name) => {
    const model = preset(name);
    const protocol = { liquidTime: 2, annealTime: 4 };
    const made = makeGlass({ model, particles: 200, seed: 1, protocol });
    const text = [...extxyzText(frameOfSystem(made.system, model))].join("");
    const { system } = toSystem(readSnapshot(text, { source: "glass.extxyz" }), model);
    const d = system.box.dimension;
    const folder = mkdtempSync(join(tmpdir(), "softfield-slopes-"));
    try {
      writeFileSync(join(folder, "glass.extxyz"), text);
      const { status, stderr } = spawnSync(
        process.execPath,
        [
          ...["--conditions=softfield-source", "--no-warnings", cli.pathname],
          ...["lte", "glass.extxyz", "--model", name, "--derivative", "-o", "slopes.tsv"],
        ],
        { cwd: folder, encoding: "utf8" },
      );
      expect([status, stderr]).toEqual([0, ""]);
      const [head, ...rows] = readFileSync(join(folder, "slopes.tsv"), "utf8")
        .trim()
        .split("\n")
        .map((row) => row.split("\t"));
      const column = (of: string) =>
        Float64Array.from(rows, (row) => Number(row[head.indexOf(`dlte_${of}`)]));
      const slopes = slopesJob({ state: d, system, model }, () => {});
      const names = d === 2 ? ["xx", "yy", "xy"] : ["xx", "yy", "zz", "xy", "xz", "yz"];
      expect(slopes[0]).toEqual(names.map(column));
      // docs/direction.md: dE/dγ(θ) = cos 2θ dlte_xy + sin 2θ (dlte_yy − dlte_xx)/2
      const [xx, yy, xy] = ["xx", "yy", "xy"].map(column);
      const largest = xy.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      slopeAlong(slopes[0], d, 15).forEach((slope, t) => {
        const expected = (Math.sqrt(3) / 2) * xy[t] + (yy[t] - xx[t]) / 4;
        expect(Math.abs(slope - expected) / largest).toBeLessThan(1e-13);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
