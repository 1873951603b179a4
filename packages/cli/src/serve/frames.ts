/** One array of a message: numbers row-major, and their shape. */
export interface WireArray {
  readonly shape: readonly number[];
  readonly values: WireValues;
}

export type WireValues = Float64Array | Int32Array | Uint8Array;

/** A message of the pipe: a JSON object, and arrays by name. */
export interface Message {
  readonly head: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, WireArray>>;
}

/** What a message begins with. */
export const MAGIC = 0x31504653; // "SFP1", little-endian
/** Magic, length of the JSON text, length of all arrays (as a double, exact to 2⁵³). */
const HEAD_BYTES = 16;
/** Longest JSON text: what is long goes in arrays. */
const MAX_TEXT = 1 << 28;
const MAX_BYTES = 2 ** 40;

const TYPES = { "<f8": Float64Array, "<i4": Int32Array, "|u1": Uint8Array } as const;
type TypeName = keyof typeof TYPES;

/**
 * A message as the bytes that go over the pipe (docs/python.md): magic, lengths, the JSON text, and the arrays one after
 * the other, each from a multiple of eight bytes on. The arrays' own memory is given, not copied.
 */
export function encoded({ head, arrays }: Message): Uint8Array[] {
  const names = Object.keys(arrays);
  const listed = names.map((name) => {
    const { shape, values } = arrays[name];
    return { name, dtype: typeOf(values), shape };
  });
  const text = new TextEncoder().encode(JSON.stringify({ ...head, arrays: listed }));
  const padded = eightfold(text.length);
  const pieces = names.flatMap((name) => {
    const { buffer, byteOffset, byteLength } = arrays[name].values;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    const rest = eightfold(byteLength) - byteLength;
    return rest === 0 ? [bytes] : [bytes, new Uint8Array(rest)];
  });
  const begin = new Uint8Array(HEAD_BYTES + padded).fill(0x20);
  const view = new DataView(begin.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, padded, true);
  view.setFloat64(
    8,
    pieces.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  begin.set(text, HEAD_BYTES);
  return [begin, ...pieces];
}

function typeOf(values: WireValues): TypeName {
  if (values instanceof Float64Array) return "<f8";
  return values instanceof Int32Array ? "<i4" : "|u1";
}

const eightfold = (bytes: number) => Math.ceil(bytes / 8) * 8;

/** A pipe that no longer speaks this protocol; nothing that follows can be understood. */
export class BrokenPipe extends Error {}

/** Puts the messages of a pipe together from the pieces in which they come. */
export class MessageReader {
  readonly #hear: (message: Message) => void;
  readonly #begin = new Uint8Array(HEAD_BYTES);
  /** What is being filled, how far, and what then happens. */
  #target: Uint8Array<ArrayBuffer> = this.#begin;
  #filled = 0;
  #text = 0;

  constructor(hear: (message: Message) => void) {
    this.#hear = hear;
  }

  /** Bytes of a message whose rest has not come. */
  get pending(): boolean {
    return this.#target !== this.#begin || this.#filled > 0;
  }

  /** Takes the next bytes; copied. @throws BrokenPipe where they are no message */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#target.length - this.#filled);
      this.#target.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#target.length) this.#whole();
    }
  }

  #whole(): void {
    this.#filled = 0;
    if (this.#target === this.#begin) {
      const view = new DataView(this.#begin.buffer);
      const text = view.getUint32(4, true);
      const bytes = view.getFloat64(8, true);
      const sound = view.getUint32(0, true) === MAGIC && text <= MAX_TEXT && bytes >= 0 && bytes <= MAX_BYTES;
      if (!sound || text % 8 !== 0 || bytes % 8 !== 0)
        throw new BrokenPipe("what came is no message of softfield's pipe");
      this.#text = text;
      this.#target = new Uint8Array(text + bytes);
      if (this.#target.length > 0) return;
    }
    const all = this.#target;
    this.#target = this.#begin;
    this.#hear(messageOf(all, this.#text));
  }
}

function messageOf(bytes: Uint8Array<ArrayBuffer>, text: number): Message {
  let head: unknown;
  try {
    head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, text)));
  } catch {
    throw new BrokenPipe("the head of a message is no JSON");
  }
  if (typeof head !== "object" || head === null) throw new BrokenPipe("the head of a message is no object");
  const { arrays: listed = [], ...rest } = head as { arrays?: unknown };
  const arrays: Record<string, WireArray> = {};
  let at = text;
  for (const { name, dtype, shape } of listed as { name: string; dtype: TypeName; shape: number[] }[]) {
    const Kind = TYPES[dtype];
    if (Kind === undefined) throw new BrokenPipe(`array ${name}: numbers of type ${dtype} are not known`);
    const count = shape.reduce((product, length) => product * length, 1);
    const length = count * Kind.BYTES_PER_ELEMENT;
    if (!(Number.isSafeInteger(count) && count >= 0 && at + length <= bytes.length))
      throw new BrokenPipe(`array ${name}: is longer than the message`);
    // the text's length is a multiple of eight, and so is where every array begins
    arrays[name] = { shape, values: new Kind(bytes.buffer, at, count) };
    at += eightfold(length);
  }
  return { head: rest as Message["head"], arrays };
}
