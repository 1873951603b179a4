import { OutOfMemory } from "../errors.ts";

const PAGE = 65536;
/** WebAssembly's 32-bit address space, in pages. */
const MAX_PAGES = 65536;
/** Below this lie the static data of the kernel modules (asc puts them from address 1024 on). */
const FIRST_FREE = 16384;

/**
 * A WebAssembly memory with a bump allocator: the one owner of the typed-array views of that memory.
 *
 * Kernels take byte addresses made here. A view made before the memory grew is detached: ask for it anew
 * after any `alloc`. Addresses are 64-byte aligned.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  /** Whether threads share it. */
  readonly shared: boolean;
  #top = FIRST_FREE;

  /** @param memory of so many bytes, or one made elsewhere, such as in another thread */
  constructor(memory: number | WebAssembly.Memory = PAGE, shared = false) {
    if (typeof memory === "number") {
      const initial = Math.max(1, Math.ceil(memory / PAGE));
      try {
        this.memory = new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared });
      } catch (cause) {
        throw outOfMemory(memory, cause);
      }
    } else this.memory = memory;
    this.shared = typeof memory === "number" ? shared : !(memory.buffer instanceof ArrayBuffer);
  }

  /** Bytes in use. */
  get used(): number {
    return this.#top;
  }

  /** Reserves `bytes` and returns their address; contents are unspecified. Throws "resource" past 4 GiB, or what there is. */
  alloc(bytes: number): number {
    const at = Math.ceil(this.#top / 64) * 64;
    const end = at + bytes;
    const need = Math.ceil(end / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (need > 0) {
      try {
        this.memory.grow(need);
      } catch (cause) {
        throw outOfMemory(end, cause);
      }
    }
    this.#top = end;
    return at;
  }

  allocF64(length: number): number {
    return this.alloc(length * 8);
  }

  allocI32(length: number): number {
    return this.alloc(length * 4);
  }

  /** Frees everything allocated since `mark = arena.used` was read. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** Frees everything. */
  reset(): void {
    this.#top = FIRST_FREE;
  }

  /** View of `length` f64 at byte address `at`; valid until the next growth. */
  f64(at: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer as ArrayBuffer, at, length);
  }

  i32(at: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer as ArrayBuffer, at, length);
  }

  /** Copies an array in and returns its address. */
  putF64(values: Float64Array): number {
    const at = this.allocF64(values.length);
    this.f64(at, values.length).set(values);
    return at;
  }

  putI32(values: Int32Array): number {
    const at = this.allocI32(values.length);
    this.i32(at, values.length).set(values);
    return at;
  }
}

let spare: Arena | undefined;

/** An arena that nobody needs any more, or a new one. */
export function takeArena(bytes: number, shared: boolean): Arena {
  const found = spare?.shared === shared ? spare : undefined;
  spare = undefined;
  found?.reset();
  return found ?? new Arena(bytes, shared);
}

/** Gives back an arena of which no view and no kernel is in use: the next who takes one has its memory, and touches less that is new. */
export function giveArena(arena: Arena): void {
  spare = arena;
}

/** As much (bytes) is kept for the next who takes an arena; of new memories engines let go late. */
const KEPT = 2 ** 26;

/** What was given back and nobody took goes where it is large. */
export function dropLargeArena(): void {
  if (spare && spare.memory.buffer.byteLength > KEPT) spare = undefined;
}

function outOfMemory(bytes: number, cause: unknown): OutOfMemory {
  const why =
    bytes > MAX_PAGES * PAGE
      ? "its limit is 4 GiB"
      : "the machine gives no more: free some, or take fewer particles";
  const need = (bytes / 2 ** 30).toPrecision(3);
  return new OutOfMemory(`out of memory: ${need} GiB needed in one WebAssembly memory; ${why}`, { cause });
}
