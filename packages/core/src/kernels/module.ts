/** Decodes an embedded kernel binary and compiles it; synchronous, so callers cache the result. */
export function compileEmbedded(base64: string): WebAssembly.Module {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return new WebAssembly.Module(bytes);
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
