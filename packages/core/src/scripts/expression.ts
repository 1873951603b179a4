import { decimalLogarithm, exponential, logarithm, power, sineOfTurns } from "../elementary.ts";

/** Looks up what a formula names: v_NAME, or undefined for what only a running simulation knows. */
export type Lookup = (name: string) => number | undefined;

/** Why a formula has no value here. */
export class NoValue extends Error {}

const turn = 2 * Math.PI;
const FUNCTIONS: Readonly<Record<string, (...x: readonly number[]) => number>> = {
  sqrt: (x) => Math.sqrt(x),
  exp: (x) => exponential(x),
  ln: (x) => logarithm(x),
  log: (x) => decimalLogarithm(x),
  abs: (x) => Math.abs(x),
  sin: (x) => sineOfTurns(x / turn),
  cos: (x) => sineOfTurns(0.25 + x / turn),
  tan: (x) => sineOfTurns(x / turn) / sineOfTurns(0.25 + x / turn),
  ceil: (x) => Math.ceil(x),
  floor: (x) => Math.floor(x),
  round: (x) => Math.sign(x) * Math.round(Math.abs(x)),
  ternary: (condition, yes, no) => (condition !== 0 ? yes : no),
};
const ARGUMENTS: Readonly<Record<string, number>> = { ternary: 3 };

const truth = (value: boolean) => (value ? 1 : 0);
/** Binary operators by how strongly they bind, as LAMMPS has them: all from the left, also ^. */
const OPERATORS: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { "||": (a, b) => truth(a !== 0 || b !== 0), "|^": (a, b) => truth((a !== 0) !== (b !== 0)) },
  { "&&": (a, b) => truth(a !== 0 && b !== 0) },
  { "==": (a, b) => truth(a === b), "!=": (a, b) => truth(a !== b) },
  {
    "<=": (a, b) => truth(a <= b),
    ">=": (a, b) => truth(a >= b),
    "<": (a, b) => truth(a < b),
    ">": (a, b) => truth(a > b),
  },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b },
  { "^": raised },
];

function raised(base: number, exponent: number): number {
  if (base === 0) return exponent === 0 ? 1 : exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (base > 0) return power(base, exponent);
  if (!Number.isInteger(exponent)) throw new NoValue("a root of a negative number");
  return (exponent % 2 === 0 ? 1 : -1) * power(-base, exponent);
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\|\||\|\^|&&|==|!=|<=|>=|[-+*/%^<>!(),]))/y;

/**
 * The value of a formula of LAMMPS's variables of style equal: numbers, PI, v_NAME, functions of them, arithmetic,
 * comparisons.
 *
 * @throws NoValue for what a simulation computes (step, c_ID, random(…)), and for what is no formula
 */
export function evaluateFormula(formula: string, lookup: Lookup): number {
  const parser = new Parser(formula, lookup);
  const value = parser.binary(0);
  if (!parser.done) throw new NoValue(`"${formula}" is no formula that is read here`);
  return value;
}

/** Deepest nesting of brackets and signs. */
const MAX_DEPTH = 100;

class Parser {
  readonly #tokens: string[] = [];
  readonly #lookup: Lookup;
  #at = 0;
  #depth = 0;

  constructor(formula: string, lookup: Lookup) {
    this.#lookup = lookup;
    TOKEN.lastIndex = 0;
    const end = formula.trimEnd().length;
    while (TOKEN.lastIndex < end) {
      const match = TOKEN.exec(formula);
      if (match === null) throw new NoValue(`"${formula}" is no formula that is read here`);
      this.#tokens.push(match[1] ?? match[2] ?? match[3]);
    }
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  binary(level: number): number {
    if (level === OPERATORS.length) return this.#unary();
    let value = this.binary(level + 1);
    for (;;) {
      const operator = OPERATORS[level][this.#tokens[this.#at] ?? ""];
      if (operator === undefined) return value;
      this.#at++;
      value = operator(value, this.binary(level + 1));
    }
  }

  #unary(): number {
    if (++this.#depth > MAX_DEPTH) throw new NoValue("too many brackets");
    const value = this.#signed();
    this.#depth--;
    return value;
  }

  #signed(): number {
    if (this.#take("-")) return -this.#unary();
    if (this.#take("!")) return truth(this.#unary() === 0);
    if (this.#take("(")) {
      const value = this.binary(0);
      this.#expect(")");
      return value;
    }
    const token = this.#tokens[this.#at++] ?? "";
    if (/^[\d.]/.test(token)) return Number(token);
    if (token === "PI") return Math.PI;
    if (this.#take("(")) return this.#call(token);
    const value = token === "" ? undefined : this.#lookup(token);
    if (value !== undefined) return value;
    throw new NoValue(
      token === "" ? "the formula ends too early" : `only a running simulation knows "${token}"`,
    );
  }

  #call(name: string): number {
    const work = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (work === undefined) throw new NoValue(`the function ${name}(…) is not read here`);
    const values = [this.binary(0)];
    while (this.#take(",")) values.push(this.binary(0));
    this.#expect(")");
    if (values.length !== (ARGUMENTS[name] ?? 1))
      throw new NoValue(`${name}(…) has another number of values`);
    return work(...values);
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new NoValue(`a "${token}" is missing`);
  }
}
