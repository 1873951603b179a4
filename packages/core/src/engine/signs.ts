/** Multipliers and key increments of Philox4x32 (Salmon, Moraes, Dror & Shaw 2011). */
const [M0, M1, W0, W1] = [0xd2511f53, 0xcd9e8d57, 0x9e3779b9, 0xbb67ae85];
const ROUNDS = 10;

/**
 * Philox4x32-10: four random words of a counter (four words) and a key (two), the same on every machine. Numbers of any
 * place are had without those before it.
 */
export function philox(counter: readonly number[], key: readonly number[]): [number, number, number, number] {
  let [a, b, c, d] = counter;
  let [k, l] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = [highProduct(M0, a), Math.imul(M0, a)];
    const [high1, low1] = [highProduct(M1, c), Math.imul(M1, c)];
    [a, b, c, d] = [high1 ^ b ^ k, low1, high0 ^ d ^ l, low0];
    k = (k + W0) | 0;
    l = (l + W1) | 0;
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

/** Upper half of the product of two words. */
function highProduct(x: number, y: number): number {
  const [xl, xh, yl, yh] = [x & 0xffff, x >>> 16, y & 0xffff, y >>> 16];
  const middle = xh * yl + Math.floor((xl * yl) / 65536);
  const other = xl * yh + (middle % 65536);
  return (xh * yh + Math.floor(middle / 65536) + Math.floor(other / 65536)) | 0;
}

/** What random numbers are for: each has a stream of its own. */
export const Use = { probe: 1, samples: 2 } as const;

/** `length` random signs, number `stream` of a use and a seed (to 2⁵³). */
export function signs(length: number, seed: number, use: number, stream: number): Float64Array {
  const out = new Float64Array(length);
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  for (let k = 0; k < length; k += 128) {
    const words = philox([k / 128, stream, use, 0], key);
    for (let b = 0; b < 128 && k + b < length; b++) out[k + b] = (words[b >> 5] >>> (b & 31)) & 1 ? 1 : -1;
  }
  return out;
}

/** A whole number from 0 to n − 1. */
export function pick(n: number, seed: number, use: number, stream: number): number {
  const [word] = philox([0, stream, use, 1], [seed >>> 0, Math.floor(seed / 2 ** 32)]);
  return Math.floor((word / 2 ** 32) * n);
}
