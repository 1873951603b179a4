import { inflateSync } from "node:zlib";
import { chart } from "@softfield/figures";
import { describe, expect, test } from "vitest";
import { svgToPdf } from "./index.ts";
import { pathOperators } from "./pdfpath.ts";

const latin = (pdf: Uint8Array): string => Buffer.from(pdf).toString("latin1");

/** The inflated content stream. */
function contentOf(pdf: Uint8Array): string {
  const text = latin(pdf);
  const start = text.indexOf("stream\n") + 7;
  const length = Number(/\/Length (\d+)/.exec(text)?.[1]);
  return inflateSync(pdf.subarray(start, start + length)).toString();
}

const wrap = (body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="20pt" viewBox="0 0 30 20">${body}</svg>`;

describe("PDF", () => {
  const figure = chart({
    x: { label: "*γ*" },
    y: { label: "y" },
    series: [{ x: [0, 1], y: [0, 1] }],
    width: 200,
  });

  test("one page of the figure's size in points, every object where the table says", () => {
    const text = latin(svgToPdf(figure));
    expect(text).toContain("/MediaBox [0 0 200 156]");
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(table, table + 4)).toBe("xref");
    const offsets = Array.from(text.slice(table).matchAll(/(\d{10}) 00000 n/g), ([, offset]) =>
      Number(offset),
    );
    expect(offsets).toHaveLength(4);
    offsets.forEach((offset, k) => {
      expect(text.slice(offset, offset + 7)).toBe(`${k + 1} 0 obj`);
    });
  });

  test("the same figure gives the same bytes; groups are balanced", () => {
    const pdf = svgToPdf(figure);
    expect(Buffer.compare(pdf, svgToPdf(figure))).toBe(0);
    const content = contentOf(pdf);
    expect(content.match(/^q$/gm)?.length).toBe(content.match(/^Q$/gm)?.length);
    expect(content).not.toMatch(/NaN|undefined|e-/);
  });

  test("y is turned; fills, strokes, opacity and clips arrive", () => {
    const content = contentOf(
      svgToPdf(
        wrap(
          `<svg x="1" y="2" width="9" height="8" viewBox="0 0 9 8" overflow="hidden"><path d="M0 0L40 40" stroke="#ff0000" stroke-width="3" stroke-opacity="0.5"/></svg>
           <rect x="5" y="6" width="7" height="8" fill="#0000ff"/>`,
        ),
      ),
    );
    expect(content).toMatch(/^1 0 0 -1 0 20 cm/);
    expect(content).toMatch(/\/O0 gs\n1 0 0 RG\n3 w/);
    expect(content).toMatch(/0 0 1 rg\n5 6 m\n12 6 l\n12 14 l\n5 14 l\nh\nf/);
    expect(content).toMatch(/1 2 m\n10 2 l\n10 10 l\n1 10 l\nh\nW n/);
  });

  test("a quadratic curve becomes the cubic one through the same points", () => {
    expect(pathOperators("M 0 0 Q 3 6 9 0 Z")).toBe("0 0 m\n2 4 5 4 9 0 c\nh\n");
    expect(pathOperators("M 1e-9 0 L 2.5 3 C 1 2 3 4 5 6")).toBe("0 0 m\n2.5 3 l\n1 2 3 4 5 6 c\n");
  });

  test("what cannot be translated is refused in words", () => {
    expect(() => svgToPdf(wrap(`<g opacity="0.5"><path d="M0 0H9V9Z"/><path d="M0 0H9V9Z"/></g>`))).toThrow(
      /opacity/,
    );
    expect(() => svgToPdf("<svg")).toThrow(/could not be rendered/);
  });
});
