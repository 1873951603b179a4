import type { Arena } from "./arena.ts";
import simdBinary from "./generated/linalg.ts";
import relaxedBinary from "./generated/linalg-relaxed.ts";
import type { FrontKernels, Linalg, LinalgVariant, OrderingKernels, ProductKernels } from "./linalg-types.ts";
import { compileEmbedded, instantiate } from "./module.ts";

interface WasmExports
  extends Omit<OrderingKernels, "dissectWork">,
    Omit<Linalg, "gemmWork" | "panelWork">,
    Omit<FrontKernels, "frontBlock">,
    ProductKernels {
  readonly FRONT_BLOCK: WebAssembly.Global;
  readonly PACK: WebAssembly.Global;
  readonly PANEL_WORK: WebAssembly.Global;
  readonly DISSECT_WORK: WebAssembly.Global;
}

const compiled = new Map<string, WebAssembly.Module>();
let fusedSupported: boolean | undefined;

/** Whether this engine runs the relaxed-SIMD build. */
export function relaxedSupported(): boolean {
  return (fusedSupported ??= WebAssembly.validate(RELAXED_PROBE));
}

/** (module (func (result v128) … i8x16.splat ×3, f64x2.relaxed_madd)): the smallest module that needs relaxed SIMD. */
const RELAXED_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0,
  253, 15, 65, 0, 253, 15, 253, 135, 2, 11,
]);

/** The kernels on an arena's memory. Compiles once a process and variant; cost ~1 ms, then ~0.1 ms. */
export function createLinalg(arena: Arena, variant: LinalgVariant): Linalg & FrontKernels {
  const exports = wasmExports(arena, variant);
  return {
    ...exports,
    gemmWork: exports.PACK.value,
    panelWork: exports.PANEL_WORK.value,
    frontBlock: exports.FRONT_BLOCK.value,
  };
}

/** Products of whole matrices on an arena's memory. */
export function createProducts(arena: Arena, variant: LinalgVariant): ProductKernels {
  return wasmExports(arena, variant);
}

/** The integer kernels on an arena's memory; they compute the same in every build. */
export function createOrdering(arena: Arena): OrderingKernels {
  const exports = wasmExports(arena, relaxedSupported() ? "relaxed" : "simd");
  return { ...exports, dissectWork: exports.DISSECT_WORK.value };
}

function wasmExports(arena: Arena, variant: LinalgVariant): WasmExports {
  const key = `${variant} ${arena.shared}`;
  let module = compiled.get(key);
  if (!module) {
    module = compileEmbedded(variant === "relaxed" ? relaxedBinary : simdBinary, arena.shared);
    compiled.set(key, module);
  }
  return instantiate<WasmExports>(module, arena.memory);
}
