import { SoftfieldError } from "../errors.ts";

/** A line of a script, with those that it goes on in (&). */
export interface Command {
  readonly file: string;
  /** 1-based, its first line. */
  readonly line: number;
  /** Without comments, on one line. */
  readonly text: string;
}

/** A word of a command; what stood in quotes is left as it is by `${…}`. */
export interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

/** Longest command: what is longer is no script. */
const MAX_TEXT = 100_000;

/** The commands of a script of LAMMPS: continuations by & and within """ are joined, comments and empty lines left out. */
export function commandsOf(text: string, file: string): Command[] {
  const commands: Command[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    const pieces: string[] = [];
    let length = 0;
    for (;;) {
      const piece = lines[at];
      const more = /&[ \t]*$/.exec(piece);
      pieces.push(more ? piece.slice(0, more.index) : piece);
      length += piece.length;
      if (length > MAX_TEXT) break;
      if (more && at + 1 < lines.length) {
        at++;
        continue;
      }
      const open = (pieces.join("").match(/"""/g)?.length ?? 0) % 2 === 1;
      if (!open || at + 1 >= lines.length) break;
      pieces.push(" ");
      at++;
    }
    const whole = withoutComment(pieces.join("")).trim();
    if (whole.length > MAX_TEXT)
      throw new SoftfieldError("model", `${file}, line ${line}: a command of more than ${MAX_TEXT} letters`, {
        file,
        line,
      });
    if (whole !== "") commands.push({ file, line, text: whole });
  }
  return commands;
}

/** What stands before the first # outside of quotes. */
function withoutComment(text: string): string {
  let quote = "";
  for (let k = 0; k < text.length; k++) {
    const letter = text[k];
    if (quote !== "") {
      if (letter === quote) quote = "";
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === "#") return text.slice(0, k);
  }
  return text;
}

/** The words of a command: blanks separate, 'one word', "one word", """one word""". */
export function wordsOf(command: Command, text: string = command.text): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at])) at++;
    if (at >= text.length) return words;
    const quote = text.startsWith('"""', at) ? '"""' : text[at] === '"' || text[at] === "'" ? text[at] : "";
    if (quote === "") {
      let end = at;
      // $(a + b) is one word, blanks and all
      for (let depth = 0; end < text.length; end++) {
        if (text.startsWith("$(", end)) depth++;
        else if (depth > 0 && text[end] === "(" && text[end - 1] !== "$") depth++;
        else if (depth > 0 && text[end] === ")") depth--;
        if (depth === 0 && /\s/.test(text[end])) break;
      }
      words.push({ text: text.slice(at, end), quoted: false });
      at = end;
      continue;
    }
    const end = text.indexOf(quote, at + quote.length);
    if (end < 0) throw scriptError(command, "a quote is not closed");
    words.push({ text: text.slice(at + quote.length, end), quoted: true });
    at = end + quote.length;
  }
}

/** "in.glass, line 12 (pair_style lj/cut 2.5): …", with the place. */
export function scriptError(command: Command, message: string): SoftfieldError {
  return new SoftfieldError("model", `${placeOf(command)}: ${message}`, {
    file: command.file,
    line: command.line,
  });
}

/** "in.glass, line 12 (pair_style lj/cut 2.5)" */
export function placeOf({ file, line, text }: Command): string {
  const shown = text.length > 70 ? `${text.slice(0, 67)}…` : text;
  return `${file}, line ${line} (${shown.replace(/\s+/g, " ")})`;
}
