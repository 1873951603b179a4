import { type Command, commandsOf, scriptError, type Word, wordsOf } from "./commands.ts";
import { NoValue } from "./expression.ts";
import { mustRead, type ReadScriptFile, textOf } from "./files.ts";
import { fix, handlers, MOVES } from "./handlers.ts";
import { Settings } from "./settings.ts";
import { Variables } from "./variables.ts";

/** Commands that are followed before a script counts as endless. */
const MAX_STEPS = 200_000;
/** Bytes of files that are read again and again, likewise. */
const MAX_AGAIN = 20_000_000;
/** Files within files. */
const MAX_DEPTH = 20;

/** Where to go on: "SELF" is the file at hand. */
interface Jump {
  readonly file: string;
  readonly label: string | undefined;
}

/** A script that is being read: its settings and variables, and where it stands. */
export class ScriptRun {
  readonly settings = new Settings();
  readonly variables = new Variables();
  readonly read: ReadScriptFile;
  #steps = 0;
  #again = 0;
  #depth = 0;
  /** The next jump is passed over: the list of its `next` has ended. */
  #skipJump = false;
  #ended = false;
  /** A jump or end of whose condition nothing is known here. */
  #doubt: Command | undefined;

  constructor(read: ReadScriptFile) {
    const known = new Set<string>();
    this.read = (name) => {
      const content = read(name);
      if (known.has(name)) this.#again += 1000 + (content?.length ?? 0);
      known.add(name);
      return content;
    };
  }

  /** Follows the commands of a text. @throws SoftfieldError "model" naming the line */
  follow(text: string, file: string): void {
    let commands = commandsOf(text, file);
    if (++this.#depth > MAX_DEPTH)
      throw scriptError(commands[0] ?? { file, line: 1, text: "" }, "files include each other without end");
    for (let at = 0; at < commands.length && !this.#ended; ) {
      const command = commands[at++];
      if (++this.#steps > MAX_STEPS)
        throw scriptError(command, `more than ${MAX_STEPS} commands were followed: a loop goes on and on`);
      if (this.#again > MAX_AGAIN)
        throw scriptError(command, "the same files are read again and again: a loop goes on and on");
      const jump = this.#perform(command);
      if (jump === undefined) continue;
      if (jump.file !== "SELF" && jump.file !== file)
        commands = commandsOf(textOf(mustRead(command, this.read, jump.file)), jump.file);
      const target = jump.label === undefined ? 0 : labelAt(commands, jump.label);
      if (target === undefined) throw scriptError(command, `there is no label ${jump.label}`);
      // Going through a loop again that says nothing of the potential changes nothing.
      const back = jump.file === "SELF" && target < at;
      if (!back || commands.slice(target, at).some((one) => speaksOfPotential(one))) at = target;
    }
    this.#depth--;
  }

  /** Follows one command; a jump is returned. */
  #perform(command: Command): Jump | undefined {
    const name = nameOf(command);
    if (name === "if") return this.#if(command);
    if (name === "jump") {
      if (this.#skipJump) {
        this.#skipJump = false;
        return undefined;
      }
      const [, file, label] = this.#words(command).map(({ text }) => text);
      if (file === undefined) throw scriptError(command, "the file to jump to is missing");
      return { file, label };
    }
    if (name === "next") {
      const [, ...names] = this.#words(command).map(({ text }) => text);
      if (!this.variables.advance(names)) this.#skipJump = true;
      return undefined;
    }
    if (MOVES.has(name)) this.settings.happened(command);
    else if (name === "fix") fix(this.settings, command, wordsOf(command)[3]?.text ?? "");
    else if (name === "quit") this.#ended = true;
    else if (name === "variable") this.#variable(command);
    else if (name === "include") {
      const [, file] = this.#relevant(command).map(({ text }) => text);
      if (file === undefined) throw scriptError(command, "the file is missing");
      this.follow(textOf(mustRead(command, this.read, file)), file);
    } else if (Object.hasOwn(handlers, name)) {
      const [, ...words] = this.#relevant(command).map(({ text }) => text);
      handlers[name](this, command, words);
    }
    return undefined;
  }

  #variable(command: Command): void {
    try {
      const [, ...words] = this.#put(command);
      this.variables.define(command, words);
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      this.variables.forget(wordsOf(command)[1]?.text ?? "", `given by "${command.text}"`);
    }
  }

  /** if "condition" then "command" … [elif "condition" "command" …] [else "command" …] */
  #if(command: Command): Jump | undefined {
    const words = wordsOf(command).map(({ text }) => text);
    const branches: { condition: string | undefined; commands: string[] }[] = [
      { condition: words[1] ?? "", commands: [] },
    ];
    for (let k = 2; k < words.length; k++) {
      if (words[k] === "then") continue;
      if (words[k] === "elif") branches.push({ condition: words[++k] ?? "", commands: [] });
      else if (words[k] === "else") branches.push({ condition: undefined, commands: [] });
      else branches[branches.length - 1].commands.push(words[k]);
    }
    for (const { condition, commands } of branches) {
      const holds = condition === undefined ? true : this.#holds(condition);
      if (holds === undefined) {
        this.#unknown(
          command,
          branches.flatMap((branch) => branch.commands),
        );
        return undefined;
      }
      if (!holds) continue;
      for (const text of commands) {
        const jump = this.#perform({ ...command, text });
        if (jump !== undefined) return jump;
      }
      return undefined;
    }
    return undefined;
  }

  /** Whether a condition holds, undefined where only a running simulation knows. Words are compared as words. */
  #holds(condition: string): boolean | undefined {
    try {
      const text = this.variables.substituted(condition);
      const compared = /^\s*([^\s=!<>&|]*[A-Za-z_/][^\s=!<>&|(]*)\s*(==|!=)\s*(\S+)\s*$/.exec(text);
      if (compared && !/^[vcf]_/.test(compared[1]))
        return (compared[1] === compared[3]) === (compared[2] === "==");
      return this.variables.value(text) !== 0;
    } catch (error) {
      if (error instanceof NoValue) return undefined;
      throw error;
    }
  }

  /** Nothing is known of a condition: that is no matter while nothing that follows from it is of the potential. */
  #unknown(command: Command, commands: readonly string[]): void {
    const branch = commands.map((text) => ({ ...command, text }));
    const relevant = branch.find(speaksOfPotential);
    if (relevant !== undefined)
      throw scriptError(
        command,
        `only a running simulation knows whether "${relevant.text}" is to be followed: write the command that holds without "if"`,
      );
    for (const one of branch)
      if (nameOf(one) === "variable")
        this.variables.forget(wordsOf(one)[1]?.text ?? "", `given by "${command.text}"`);
    if (branch.some((one) => nameOf(one) === "jump" || nameOf(one) === "quit")) this.#doubt ??= command;
  }

  /** The words of a command that counts, with the variables put in. @throws SoftfieldError where one has no value */
  #relevant(command: Command): Word[] {
    if (this.#doubt !== undefined && this.#doubt.line !== command.line)
      throw scriptError(
        command,
        `whether it is reached depends on line ${this.#doubt.line} (${this.#doubt.text}), whose condition only a running simulation knows`,
      );
    return this.#words(command);
  }

  #words(command: Command): Word[] {
    try {
      return this.#put(command);
    } catch (error) {
      if (error instanceof NoValue) throw scriptError(command, error.message);
      throw error;
    }
  }

  /** Outside of quotes `${…}` is put in before a command is taken apart. @throws NoValue */
  #put(command: Command): Word[] {
    return wordsOf(command).flatMap((word) => {
      if (word.quoted || !word.text.includes("$")) return [word];
      const text = this.variables.substituted(word.text);
      return wordsOf({ ...command, text });
    });
  }
}

function nameOf({ text }: Command): string {
  return /^\S+/.exec(text)?.[0] ?? "";
}

function labelAt(commands: readonly Command[], label: string): number | undefined {
  const at = commands.findIndex(({ text }) => /^label\s/.test(text) && text.split(/\s+/)[1] === label);
  return at < 0 ? undefined : at;
}

/** Whether a command, or one that it may lead to, is of the potential. */
function speaksOfPotential(command: Command): boolean {
  const name = nameOf(command);
  if (name === "include" || Object.hasOwn(handlers, name)) return true;
  return (
    name === "if" &&
    wordsOf(command).some(({ text }) => speaksOfPotential({ ...command, text }) && text !== command.text)
  );
}
