import { CURVE_COLOURS, type Series } from "@softfield/figures";

/** How the curves of a figure are drawn: a name has the same colour in all panels; where colours run out they are dashed. */
export class CurveStyles {
  readonly #names: string[] = [];

  of(name: string): Pick<Series, "colour" | "line"> {
    if (!this.#names.includes(name)) this.#names.push(name);
    const k = this.#names.indexOf(name);
    return {
      colour: CURVE_COLOURS[k % CURVE_COLOURS.length],
      ...(k >= CURVE_COLOURS.length && { line: "dashed" as const }),
    };
  }
}
