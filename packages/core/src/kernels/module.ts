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

/** The import section of a kernel: id, size, one import, "env" "memory", a memory of 0 pages or more; … */
const OWN_MEMORY = [2, 15, 1, 3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 0, 0];
/** … the same with a shared memory of 0 to 65536 pages. */
const SHARED_MEMORY = [2, 18, 1, 3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 3, 0, 128, 128, 4];

function withSharedMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex((_, k) => OWN_MEMORY.every((byte, i) => bytes[k + i] === byte));
  if (at < 0) throw new Error("a kernel imports its memory in another way than its loader knows");
  const changed = new Uint8Array(bytes.length + SHARED_MEMORY.length - OWN_MEMORY.length);
  changed.set(bytes.subarray(0, at));
  changed.set(SHARED_MEMORY, at);
  changed.set(bytes.subarray(at + OWN_MEMORY.length), at + SHARED_MEMORY.length);
  return changed;
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
