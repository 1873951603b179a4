import { describe, expect, test } from "vitest";
import { models } from "../../../test/pairmodels.ts";
import { exponential } from "../../elementary.ts";
import { Arena } from "../../kernels/index.ts";
import {
  breaksWithin,
  COEFFICIENT_STRIDE,
  Coefficient,
  evaluatePairs,
  type PairModel,
} from "../../models/index.ts";
import { placeTable, type RadialFunction, type RadialTable, radialTable } from "./radialtable.ts";

/** F and E at u, as the kernel reads them. */
function valuesAt(arena: Arena, table: RadialTable, origin: number, u: number): [number, number] {
  const { lowBits, toEnergy, breaks, perPiece } = table;
  const bits = new BigUint64Array(Float64Array.of(u).buffer)[0];
  const number = bits >> BigInt(lowBits);
  const middle = (number << BigInt(lowBits)) | (1n << BigInt(lowBits - 1));
  const d = u - new Float64Array(BigUint64Array.of(middle).buffer)[0];
  const piece = breaks.filter((from) => u >= from).length;
  const at = origin + (Number(number) + piece * perPiece) * 64;
  const polynomial = (row: number) => arena.f64(row, 8).reduceRight((sum, c) => sum * d + c, 0);
  return [polynomial(at), polynomial(at + toEnergy)];
}

function formOf(model: PairModel): RadialFunction {
  const lambda = model.mixing ? 1 : model.coefficients[Coefficient.Lambda];
  const pair = { species: new Int32Array(2), diameters: Float64Array.of(1, 1) };
  return (x, value, slope) => {
    const column = () => new Float64Array(x.length);
    const r = x.map((d) => d * lambda);
    const batch = { i: new Int32Array(x.length), j: new Int32Array(x.length).fill(1), r };
    evaluatePairs(
      model,
      pair,
      { ...batch, phi0: value, phi1: slope, phi2: column(), phi3: column() },
      { anyDistance: true },
    );
    for (let k = 0; k < x.length; k++) slope[k] *= lambda;
  };
}

const smooth = models.filter(({ name }) => name !== "hertzian");

describe.each(smooth.map((model) => [model.name, model] as const))("the table of %s", (_, model) => {
  const cutoff = model.coefficients[COEFFICIENT_STRIDE * 0 + Coefficient.Cutoff];
  const arena = new Arena();
  const table = radialTable(cutoff, formOf(model), breaksWithin(model, 0, 0));
  const { origin } = placeTable(arena, table);

  test("is the potential to rounding, from x_c/16 to x_c", () => {
    expect(table.error).toBeLessThan(2e-12);
    const u = Float64Array.from({ length: 4000 }, (_, k) => 2 ** (-8 + (8 * (k + 0.37)) / 4000));
    const x = u.map((v) => cutoff * Math.sqrt(v));
    const [value, slope] = [new Float64Array(x.length), new Float64Array(x.length)];
    formOf(model)(x, value, slope);
    // relative to what is there, or to what is there at 0.8 of the cutoff
    const [force, energy] = [slope.map((s, k) => s / x[k]), value];
    const near = x.findIndex((d) => d > 0.8 * cutoff);
    for (let k = 0; k < x.length; k++) {
      const [f, e] = valuesAt(arena, table, origin, u[k]);
      for (const [found, all] of [
        [f, force],
        [e, energy],
      ] as const) {
        const scale = Math.max(Math.abs(all[k]), Math.abs(all[near]), Math.abs(all[Math.max(0, k - 40)]));
        expect(Math.abs(found - all[k])).toBeLessThan(4e-12 * scale);
      }
    }
  });
});

test("what is not smooth is tabulated as finely as there is", () => {
  const kink: RadialFunction = (x, value, slope) => {
    x.forEach((d, k) => {
      value[k] = Math.abs(d - 0.7) * (d - 0.7);
      slope[k] = 2 * Math.abs(d - 0.7);
    });
  };
  const { lowBits, error } = radialTable(1, kink);
  expect(52 - lowBits).toBeLessThanOrEqual(9);
  expect(error).toBeGreaterThan(1e-6);
});

test("an essential singularity at the cutoff (Stillinger and Weber's legs)", () => {
  const decay: RadialFunction = (r, value, slope) => {
    r.forEach((d, k) => {
      const w = 1 / (d - 1.8);
      value[k] = exponential(1.2 * w);
      slope[k] = -1.2 * w * w * value[k];
    });
  };
  expect(radialTable(1.8, decay).error).toBeLessThan(1e-13);
});
