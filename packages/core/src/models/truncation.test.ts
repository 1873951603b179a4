import { describe, expect, test } from "vitest";
import { failure, lj, phi } from "../../test/onemodel.ts";
import { pairJumps, parseModel } from "./index.ts";

describe("truncations", () => {
  const jumpsAt = (smoothing: unknown, r: number): number[] => {
    const model = parseModel({ ...lj, smoothing });
    const [below, above] = [phi(model, r * (1 - 1e-9)), phi(model, r * (1 + 1e-9))];
    const scale = phi(model, 1.9).map(Math.abs);
    return below.flatMap((value, k) => (Math.abs(value - above[k]) > 1e-5 * scale[k] ? [k] : []));
  };

  test.each<[unknown, number, number]>([
    ["none", 2.5, 0],
    ["shifted", 2.5, 1],
    [0, 2.5, 1],
    ["force-shifted", 2.5, 2],
    [1, 2.5, 2],
    [2, 2.5, 3],
    [{ window: "smooth", from: 2 }, 2, 3],
    [{ window: "smooth", from: 2 }, 2.5, 3],
    [{ window: "gromacs", from: 2 }, 2, 3],
    [{ window: "gromacs", from: 2 }, 2.5, 3],
    [{ window: "charmm", from: 2 }, 2, 2],
    [{ window: "charmm", from: 2 }, 2.5, 2],
    [{ window: "quintic", from: 2 }, 2, 3],
    [{ window: "quintic", from: 2 }, 2.5, 3],
  ])("%j at %d: the derivative of order %i is the first that jumps", (smoothing, r, order) => {
    expect(jumpsAt(smoothing, r)[0]).toBe(order);
    const model = parseModel({ ...lj, smoothing });
    expect(model.warnings.join()).toMatch(new RegExp(`${["φ itself", "φ′", "φ″", "φ‴"][order]} jumps`));
    expect(model.warnings.join()).not.toContain("3 or more");
    const { name, species, ...term } = lj;
    const sum = parseModel({ name, species, form: "sum", terms: [{ ...term, smoothing }] });
    for (const one of [model, sum]) expect(pairJumps(one, 0, 0)).toContainEqual({ x: r, order });
  });

  test.each(["smooth", "gromacs"])("a window %s that is not shifted leaves φ as it is within", (window) => {
    const [whole, cut] = ["none", { window, from: 2, shift: false }].map((smoothing) =>
      parseModel({ ...lj, smoothing }),
    );
    for (const r of [0.97, 1.4, 1.99])
      phi(cut, r).forEach((value, k) => {
        expect(value).toBeCloseTo(phi(whole, r)[k], 10);
      });
  });

  test("the same, by another name", () => {
    const force = parseModel({ ...lj, smoothing: "force-shifted" });
    const by = (x: number) => [4 * (x ** -12 - x ** -6), 4 * (-12 * x ** -13 + 6 * x ** -7)];
    for (const r of [0.95, 1.3, 2.2]) {
      const [[value, slope], [end, slopeAtEnd]] = [by(r), by(2.5)];
      expect(phi(force, r)[0]).toBeCloseTo(value - end - (r - 2.5) * slopeAtEnd, 13);
      expect(phi(force, r)[1]).toBeCloseTo(slope - slopeAtEnd, 12);
      // the same polynomial by coefficients and by series
      const [plain, terms] = [0, "shifted"].map((smoothing) => phi(parseModel({ ...lj, smoothing }), r));
      plain.forEach((one, k) => {
        expect(Math.abs(one / terms[k] - 1)).toBeLessThan(1e-12);
      });
    }
  });

  test("a window leaves the inner part alone, but for a constant", () => {
    const plain = parseModel({ ...lj, smoothing: "none" });
    for (const window of ["smooth", "gromacs", "charmm", "quintic"]) {
      const model = parseModel({ ...lj, smoothing: { window, from: 2 } });
      const shift = phi(model, 1.1)[0] - phi(plain, 1.1)[0];
      expect(phi(model, 1.7)[0] - phi(plain, 1.7)[0]).toBeCloseTo(shift, 13);
      expect(phi(model, 1.7).slice(1)).toEqual(
        phi(plain, 1.7)
          .slice(1)
          .map((value) => expect.closeTo(value, 12)),
      );
      expect(shift === 0).toBe(window === "charmm" || window === "quintic");
    }
  });

  test("WCA: φ′ vanishes where it is cut, φ″ jumps", () => {
    for (const cutoff of [2 ** (1 / 6), 1.1225]) {
      for (const smoothing of [0, "shifted"]) {
        const { warnings, smoothness } = parseModel({ ...lj, cutoff, smoothing });
        expect(smoothness).toBe(1);
        expect(warnings[0]).toContain("φ″ jumps");
      }
    }
  });

  test("a window that begins beyond the cutoff is refused", () => {
    expect(failure({ ...lj, smoothing: { window: "smooth", from: 2.6 } }).message).toMatch(
      /smoothing.from: is 2.6, but the window must begin within the cutoff, 2.5/,
    );
  });
});
