import { SoftfieldError } from "../errors.ts";
import { READERS, WRITERS } from "./builtin.ts";
import type { FormatReader, FormatWriter } from "./format.ts";
import { refuseForeign, unknownFormat } from "./recognise.ts";

/** The formats of configurations. What is registered later is asked first, so that a plug-in may take over. */
class FormatRegistry {
  readonly #readers: FormatReader[] = [...READERS];
  readonly #writers: FormatWriter[] = [...WRITERS];

  get readers(): readonly FormatReader[] {
    return this.#readers;
  }

  get writers(): readonly FormatWriter[] {
    return this.#writers;
  }

  /** Adds a format to read; one of the same name gives way to it. @throws "usage" where it can't read */
  addReader(reader: FormatReader): void {
    if (!reader.read === !reader.lines) {
      throw new SoftfieldError("usage", `format ${reader.name}: a reader has either read or lines`, {
        field: reader.name,
      });
    }
    replace(this.#readers, reader);
  }

  /** Adds a format to write; one of the same name gives way to it. */
  addWriter(writer: FormatWriter): void {
    const bad = writer.endings.find((ending) => !/^\.[a-z0-9.]+$|^[A-Z]+$/.test(ending));
    if (bad !== undefined || writer.endings.length === 0) {
      throw new SoftfieldError("usage", `format ${writer.name}: "${bad ?? ""}" is no ending such as .gsd`, {
        field: writer.name,
      });
    }
    replace(this.#writers, writer);
  }

  /** The label of a format by its name; the name itself where it is not known. */
  labelOf(name: string): string {
    return [...this.#readers, ...this.#writers].find((format) => format.name === name)?.label ?? name;
  }

  /** The writer whose ending a file's name has. */
  writerOf(path: string): FormatWriter | undefined {
    const name = path.replace(/^.*[/\\]/, "");
    return this.#writers.find(({ endings }) =>
      endings.some((ending) =>
        ending.startsWith(".") ? name.toLowerCase().endsWith(ending) : name === ending,
      ),
    );
  }

  /**
   * The format of a file by its first bytes.
   *
   * @throws input error for what is none of the known formats
   */
  readerOf(head: Uint8Array, source: string): FormatReader {
    const known = this.knownReaders();
    const text = new TextDecoder("utf-8").decode(head);
    const ask = (binary: boolean) =>
      this.#readers.find(
        (reader) => (reader.binary ?? false) === binary && reader.detect(head, source, text),
      );
    const binary = ask(true);
    if (binary) return binary;
    refuseForeign(head, source, known);
    const found = ask(false);
    if (found) return found;
    throw unknownFormat(text, source, known);
  }

  /** "softfield reads …", for messages. */
  knownReaders(): string {
    const labels = [...new Set(this.#readers.map(({ label }) => label))];
    return `softfield reads ${labels.join(", ")}`;
  }
}

function replace<Format extends { readonly name: string }>(all: Format[], added: Format): void {
  const old = all.findIndex(({ name }) => name === added.name);
  if (old >= 0) all.splice(old, 1);
  all.unshift(added);
}

/** The one registry of formats. */
export const formats = new FormatRegistry();
