import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SoftfieldError } from "softfield";

/** A program that is spoken to by lines, and ends with what started it. */
export class SpokenProgram {
  readonly words: readonly string[];
  #child: ChildProcessWithoutNullStreams | undefined;
  /** Of its own, removed with it. */
  readonly folder: string;
  readonly #said: string[] = [];
  #rest = "";
  #ended: string | undefined;
  #hear: ((line: string) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;
  readonly #onSignal: (signal: NodeJS.Signals) => void;
  readonly #onExit: () => void;

  /**
   * @param words the program and its arguments
   * @param name what the names of folders of its own begin with
   * @param missing what to say where there is no such program
   */
  constructor(
    words: readonly string[],
    options: { readonly cwd: string; readonly name: string; readonly missing: string },
  ) {
    this.words = words;
    this.#onExit = () => this.#remove();
    this.#onSignal = (signal) => {
      this.#remove();
      // where a command ends in its own way, that is left to it
      if (process.listenerCount(signal) <= 1) process.exit(signal === "SIGINT" ? 130 : 143);
    };
    process.on("exit", this.#onExit);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, this.#onSignal);
    // after the handlers: a signal may come at any time
    this.folder = mkdtempSync(join(tmpdir(), options.name));
    // what it keeps for itself (Open MPI has a folder a session) goes with the folder, however it ends
    const env = { ...process.env, TMPDIR: this.folder };
    const child = spawn(words[0], words.slice(1), { cwd: options.cwd, env, stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    child.on("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "ENOENT"
          ? `${words[0]} was not found: ${options.missing}`
          : `${words[0]}: ${error.message}`;
      this.#over(new SoftfieldError("resource", why));
    });
    child.on("exit", (code, signal) => {
      this.#ended = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      // what it last said may still be on its way
      setImmediate(() => this.#over(new SoftfieldError("resource", this.#lastWords())));
    });
    // a program that has gone is told of by its exit
    child.stdin.on("error", () => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => this.#take(text));
  }

  /** Says lines, and hears until `found` makes something of one. `patience`: milliseconds without a line. @throws SoftfieldError "resource" where it dies or is silent */
  ask<Found>(
    lines: readonly string[],
    found: (line: string) => Found | undefined,
    patience: number,
  ): Promise<Found> {
    return new Promise((resolve, reject) => {
      const clock = setTimeout(() => {
        const why = `${this.words[0]} said nothing for ${patience / 1000} s and was ended. It last said: ${this.#tail()}`;
        this.#remove();
        this.#over(new SoftfieldError("resource", why));
      }, patience);
      this.#fail = (error) => {
        clearTimeout(clock);
        reject(error);
      };
      this.#hear = (line) => {
        clock.refresh();
        const value = found(line);
        if (value === undefined) return;
        clearTimeout(clock);
        this.#hear = undefined;
        this.#fail = undefined;
        resolve(value);
      };
      if (this.#ended !== undefined) this.#over(new SoftfieldError("resource", this.#lastWords()));
      else this.#child?.stdin.write(`${lines.join("\n")}\n`);
    });
  }

  /** Ends it and removes its folder. */
  close(): void {
    this.#remove();
    process.off("exit", this.#onExit);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, this.#onSignal);
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      this.#said.push(line);
      if (this.#said.length > 200) this.#said.shift();
      this.#hear?.(line);
    }
  }

  #over(error: unknown): void {
    const fail = this.#fail;
    this.#fail = undefined;
    this.#hear = undefined;
    fail?.(error);
  }

  #lastWords(): string {
    const error = this.#said.findLast((line) => /ERROR/.test(line));
    const [, command] = /^Last command:\s*(.*)/.exec(
      this.#said.findLast((line) => line.startsWith("Last command:")) ?? "",
    ) ?? [""];
    if (error === undefined) return `${this.words[0]} ${this.#ended}. It last said: ${this.#tail()}`;
    return `${this.words[0]}: ${error.trim()}${command ? `; last command: ${command.trim()}` : ""}`;
  }

  #tail(): string {
    const lines = this.#said.map((line) => line.trim()).filter(Boolean);
    return lines.length === 0 ? "(nothing)" : lines.slice(-3).join(" / ");
  }

  #remove(): void {
    if (this.#child?.exitCode === null) this.#child.kill("SIGKILL");
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}
