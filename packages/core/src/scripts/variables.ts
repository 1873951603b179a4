import { type Command, scriptError, type Word } from "./commands.ts";
import { evaluateFormula, NoValue } from "./expression.ts";

/** A variable of a script. */
type Variable =
  | {
      readonly kind: "text";
      readonly count: number;
      readonly of: (k: number) => string;
      /** Which of its values it has; `next` counts it up. */
      at: number;
      readonly list: boolean;
    }
  | { readonly kind: "formula"; readonly formula: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Formulas that call each other are followed this deep. */
const MAX_DEPTH = 50;
/** Letters that a formula may become by its variables. */
const MAX_LETTERS = 10_000;

/** The variables of a script, and what `${…}`, `$x` and `$(…)` become by them. */
export class Variables {
  readonly #known = new Map<string, Variable>();

  /** `variable NAME STYLE …`, its words without the first. */
  define(command: Command, words: readonly Word[]): void {
    const [name, style, ...rest] = words.map(({ text }) => text);
    if (style === undefined) throw scriptError(command, "a variable has a name and a style");
    if (style === "delete") {
      this.#known.delete(name);
      return;
    }
    const list = style === "index" || style === "universe" || style === "world" || style === "uloop";
    // An index or loop variable keeps what it has, so that a file may be included, and looped over, again.
    if ((list || style === "loop") && this.#known.has(name)) return;
    this.#known.set(name, this.#made(command, style, rest, list));
  }

  /** A variable whose definition itself needs what only LAMMPS knows. */
  forget(name: string, why: string): void {
    this.#known.set(name, { kind: "unknown", why });
  }

  #made(command: Command, style: string, rest: readonly string[], list: boolean): Variable {
    if (list) return { kind: "text", count: rest.length, of: (k) => rest[k], at: 0, list };
    if (style === "string") return { kind: "text", count: 1, of: () => rest.join(" "), at: 0, list };
    if (style === "equal" || style === "internal") return { kind: "formula", formula: rest.join(" ") };
    if (style !== "loop") return { kind: "unknown", why: `a variable of style ${style}` };
    const numbers = rest.filter((word) => word !== "pad").map(Number);
    const [first, last] = numbers.length > 1 ? numbers : [1, numbers[0]];
    if (!(Number.isSafeInteger(first) && Number.isSafeInteger(last)))
      throw scriptError(command, "a loop has one or two whole numbers");
    const width = rest.includes("pad") ? String(last).length : 0;
    const of = (k: number) => String(first + k).padStart(width, "0");
    return { kind: "text", count: Math.max(0, last - first + 1), of, at: 0, list: true };
  }

  /** `next NAME …`: false where a list has ended, and is forgotten; a list that is not known has but one value. */
  advance(names: readonly string[]): boolean {
    let ended = false;
    for (const name of names) {
      const variable = this.#known.get(name);
      if (variable?.kind !== "text" || !variable.list || ++variable.at >= variable.count) ended = true;
    }
    if (ended) for (const name of names) this.#known.delete(name);
    return !ended;
  }

  /** The text of a variable. @throws NoValue */
  text(name: string, depth = 0): string {
    const variable = this.#known.get(name);
    if (variable === undefined) throw new NoValue(`the variable ${name} is not defined`);
    if (variable.kind === "unknown")
      throw new NoValue(`${name} is ${variable.why}, whose value only LAMMPS knows`);
    if (variable.kind === "formula") return decimal(this.#value(variable.formula, depth + 1));
    if (variable.at >= variable.count) throw new NoValue(`the variable ${name} has no value`);
    return variable.of(variable.at);
  }

  /** The value of a formula. @throws NoValue */
  value(formula: string): number {
    return this.#value(formula, 0);
  }

  #value(formula: string, depth: number): number {
    if (depth > MAX_DEPTH) throw new NoValue("the formula goes in a circle");
    const lookup = (name: string) => {
      if (!name.startsWith("v_")) return undefined;
      const text = this.text(name.slice(2), depth + 1);
      const value = Number(text);
      if (text.trim() === "" || !Number.isFinite(value)) throw new NoValue(`${name} is "${text}", no number`);
      return value;
    };
    const value = evaluateFormula(this.substituted(formula, depth + 1), lookup);
    if (!Number.isFinite(value)) throw new NoValue(`"${formula}" is ${value}`);
    return value;
  }

  /** A text with all `${name}`, `$x` and `$(formula)` put in. @throws NoValue */
  substituted(text: string, depth = 0): string {
    if (!text.includes("$")) return text;
    if (depth > MAX_DEPTH) throw new NoValue("the formula goes in a circle");
    let result = "";
    for (let at = 0; at < text.length; ) {
      const dollar = text.indexOf("$", at);
      if (dollar < 0) {
        result += text.slice(at);
        break;
      }
      result += text.slice(at, dollar);
      const [value, end] = this.#at(text, dollar + 1, depth);
      result += value;
      if (result.length > MAX_LETTERS) throw new NoValue("the text grows beyond all bounds");
      at = end;
    }
    return result;
  }

  /** What stands for a $ before `at`, and where the text goes on. */
  #at(text: string, at: number, depth: number): readonly [string, number] {
    if (text[at] === "{") {
      const end = text.indexOf("}", at);
      if (end < 0) throw new NoValue("a ${ is not closed");
      return [this.text(text.slice(at + 1, end), depth), end + 1];
    }
    if (text[at] === "(") {
      let open = 0;
      for (let end = at; end < text.length; end++) {
        if (text[end] === "(") open++;
        if (text[end] === ")" && --open === 0)
          return [this.#immediate(text.slice(at + 1, end), depth), end + 1];
      }
      throw new NoValue("a $( is not closed");
    }
    return [this.text(text[at] ?? "", depth), at + 1];
  }

  /** $(formula) or $(formula:%format) */
  #immediate(inside: string, depth: number): string {
    const format = /:(%[^:]*)$/.exec(inside);
    if (format === null) return decimal(this.#value(inside, depth + 1));
    return printed(format[1], this.#value(inside.slice(0, format.index), depth + 1));
  }
}

/** A number as LAMMPS puts it into a text, "%.15g". */
function decimal(value: number): string {
  return String(Number(value.toPrecision(15)));
}

/** A number in a format of C: %g, %f, %e with their digits, and %d. */
function printed(format: string, value: number): string {
  const match = /^%\d*(?:\.(\d{1,2}))?l?([gfed])$/.exec(format);
  if (match === null) throw new NoValue(`the format ${format} is not read here`);
  const digits = match[1] === undefined ? 6 : Number(match[1]);
  if (match[2] === "d") return String(Math.trunc(value));
  if (match[2] === "f") return value.toFixed(digits);
  if (match[2] === "e") return value.toExponential(digits);
  return String(Number(value.toPrecision(Math.max(1, digits))));
}
