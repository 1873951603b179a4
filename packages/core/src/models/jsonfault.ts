/** Where and how a text departs from JSON. */
export interface JsonFault {
  readonly offset: number;
  readonly expected: string;
  /** What stands there, quoted. */
  readonly found: string;
}

const SCALAR =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/uy;
const KEY = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const BLANK = /[ \t\r\n]*/y;

/**
 * Finds the first place where a text that `JSON.parse` has refused departs from JSON: engines word their
 * messages differently and often leave the place out. A library was tried: jsonc-parser 3.3 finds the same faults (10,563
 * one-letter slips in a model), but of most of them it says "InvalidSymbol" and not what may stand there, and the page
 * would send five times as much.
 */
export function jsonFault(text: string): JsonFault {
  const closers: ("}" | "]")[] = [];
  let offset = 0;
  let expected = "a value";

  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    if (!pattern.test(text)) return false;
    offset = pattern.lastIndex;
    return true;
  };
  const skip = (character: string): boolean => {
    match(BLANK);
    if (text[offset] !== character) return false;
    offset++;
    return true;
  };
  const key = (): boolean => {
    match(BLANK);
    expected = "a name in double quotes";
    if (!match(KEY)) return false;
    expected = 'a ":"';
    return skip(":");
  };
  /** One value or the opening of a container; false where neither stands. */
  const value = (): boolean => {
    match(BLANK);
    expected = "a value";
    if (match(SCALAR)) return after();
    if (skip("{")) {
      if (skip("}")) return after();
      closers.push("}");
      return key();
    }
    if (!skip("[")) return false;
    if (skip("]")) return after();
    closers.push("]");
    return true;
  };
  /** What may follow a value: closers, then a comma or the end. */
  const after = (): boolean => {
    for (let closer = closers.at(-1); closer !== undefined; closer = closers.at(-1)) {
      if (skip(closer)) {
        closers.pop();
        continue;
      }
      expected = `a "," or "${closer}"`;
      return skip(",") && (closer === "]" || key());
    }
    match(BLANK);
    expected = "the end";
    return false;
  };

  while (value());
  const found =
    offset >= text.length ? "the end of the file" : JSON.stringify(/\S{0,20}/.exec(text.slice(offset))![0]);
  return { offset, expected, found };
}
