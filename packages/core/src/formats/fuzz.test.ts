import fc from "fast-check";
import { expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { preset } from "../models/index.ts";
import {
  extxyzText,
  type Frame,
  frameOfSystem,
  lammpsDataText,
  lammpsDumpText,
  readSnapshot,
  readSnapshotStream,
  type Snapshot,
} from "./index.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What a computation uses of a snapshot. */
const essence = ({ positions, box, species, types, ids }: Snapshot) => ({
  positions,
  box,
  types,
  ids,
  names: species && [...species.index].map((k) => species.names[k]),
});

const frame: Frame = frameOfSystem(
  {
    box: { dimension: 3, vectors: Float64Array.of(9, 0, 0, 1.25, 8, 0, -0.5, 0.75, 7) },
    positions: Float64Array.from({ length: 15 }, (_, k) => Math.sin(k) * 9),
    species: Int32Array.of(0, 1, 1, 0, 1),
  },
  preset("3dipl"),
  { ids: Float64Array.of(1, 3, 4, 9, 12) },
);

const GOOD_FILES = {
  extxyz: [...extxyzText(frame)].join(""),
  data: [
    ...lammpsDataText({ ...frame, columns: new Map([["velocity", { width: 3, values: frame.positions }]]) }),
  ].join(""),
  dump: [...lammpsDumpText(frame)].join(""),
} as const;

test.each(Object.entries(GOOD_FILES))(
  "%s cut off at any byte is read but for last digits, or refused",
  (_, text) => {
    const whole = bytesOf(text);
    const good = essence(readSnapshot(whole));
    let refused = 0;
    for (let length = 0; length < whole.length; length++) {
      const part = whole.subarray(0, length);
      try {
        const { positions, ...rest } = essence(readSnapshot(part));
        expect({ ...rest, positions: good.positions }).toEqual(good);
        const worst = positions.reduce((most, x, k) => Math.max(most, Math.abs(x - good.positions[k])), 0);
        expect(worst).toBeLessThan(1e-11);
      } catch (error) {
        if (!(error instanceof SoftfieldError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(whole.length / 2);
  },
);

test.each(Object.entries(GOOD_FILES))(
  "%s with any bytes changed is read or refused, never a crash",
  (_, text) => {
    const whole = bytesOf(text);
    const edit = fc.record({ at: fc.nat(whole.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const bent = whole.slice();
        for (const { at, byte } of edits) bent[at] = byte;
        try {
          expect(readSnapshot(bent).positions.every(Number.isFinite)).toBe(true);
        } catch (error) {
          if (!(error instanceof SoftfieldError)) throw error;
          expect(error.message).toContain("input");
        }
      }),
      { numRuns: 1500 },
    );
  },
);

test.each(Object.entries(GOOD_FILES))(
  "%s with lines removed or doubled is never read with other numbers of particles",
  (_, text) => {
    const lines = text.trimEnd().split("\n");
    const good = readSnapshot(text);
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.boolean(), (k, doubled) => {
        const bent = doubled ? [...lines.slice(0, k), ...lines.slice(k - 1)] : lines.toSpliced(k, 1);
        try {
          expect(readSnapshot(bent.map((line) => `${line}\n`).join("")).positions).toEqual(good.positions);
        } catch (error) {
          if (!(error instanceof SoftfieldError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  },
);

test("the way in which a file is cut into chunks does not matter; CRLF, blank ends and a byte-order mark neither", async () => {
  for (const text of Object.values(GOOD_FILES)) {
    const good = essence(readSnapshot(text));
    const dressed = bytesOf(`\ufeff${text.replaceAll("\n", "\r\n")}\r\n  \r\n`);
    expect(essence(readSnapshot(dressed))).toEqual(good);
    for (const size of [1, 2, 7, 64, 1000]) {
      const chunks = Array.from({ length: Math.ceil(dressed.length / size) }, (_, k) =>
        dressed.subarray(k * size, (k + 1) * size),
      );
      expect(essence(await readSnapshotStream(chunks))).toEqual(good);
    }
  }
});
