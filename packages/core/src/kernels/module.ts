/**
 * Decodes an embedded kernel binary and compiles it; synchronous, so callers cache the result. `shared`: for a memory
 * that threads share; the code is the same.
 */
export function compileEmbedded(base64: string, shared = false): WebAssembly.Module {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return new WebAssembly.Module(shared ? withSharedMemory(bytes) : bytes);
}

/** In the import section: "env" "memory", a memory that is not shared, of at least so many pages; … */
const OWN_MEMORY = [3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 0];
/** … the same, shared, and, after its least number of pages, of at most 65536. */
const SHARED = 3;
const MOST_PAGES = [128, 128, 4];
const [HEADER, IMPORTS] = [8, 2];

function withSharedMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  for (let at = HEADER; at < bytes.length; ) {
    const size = numberAt(bytes, at + 1);
    const [begin, end] = [size.end, size.end + size.value];
    if (bytes[at] !== IMPORTS) {
      at = end;
      continue;
    }
    const section = bytes.subarray(begin, end);
    const found = section.findIndex((_, k) => OWN_MEMORY.every((byte, i) => section[k + i] === byte));
    if (found < 0) break;
    const limits = found + OWN_MEMORY.length - 1;
    const least = numberAt(section, limits + 1).end;
    const changed = [
      ...section.subarray(0, limits),
      SHARED,
      ...section.subarray(limits + 1, least),
      ...MOST_PAGES,
      ...section.subarray(least),
    ];
    const head = [...bytes.subarray(0, at), IMPORTS, ...encoded(changed.length)];
    const whole = new Uint8Array(head.length + changed.length + bytes.length - end);
    whole.set(head);
    whole.set(changed, head.length);
    whole.set(bytes.subarray(end), head.length + changed.length);
    return whole;
  }
  throw new Error("a kernel imports its memory in another way than its loader knows");
}

/** A number in LEB128, and where it ends. */
function numberAt(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value |= (bytes[at] & 127) << shift;
    if (bytes[at] < 128) return { value, end: at + 1 };
  }
}

function encoded(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...encoded(value >>> 7)];
}

/** Instantiates a kernel module on a memory. Kernels never throw: `abort` is unreachable in a correct build. */
export function instantiate<Exports>(module: WebAssembly.Module, memory: WebAssembly.Memory): Exports {
  const env = {
    memory,
    abort: () => {
      throw new Error("kernel aborted");
    },
  };
  return new WebAssembly.Instance(module, { env }).exports as Exports;
}
