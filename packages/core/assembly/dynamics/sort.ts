// Cells. Positions have a stride of 2 (2D) or 4 (3D, last entry 0) f64 a particle, so one v128 is (x, y).

/** s_a = Σ_b x_b h⁻¹_ba */
// @ts-ignore: decorator
@inline
function fractional(x: usize, inverse: usize, a: i32, dimension: i32): f64 {
  let s = 0.0;
  for (let b = a; b < dimension; b++)
    s += load<f64>(x + ((<usize>b) << 3)) * load<f64>(inverse + ((<usize>(b * dimension + a)) << 3));
  return s;
}

/** x_b += n·h_ab */
// @ts-ignore: decorator
@inline
function shift(x: usize, h: usize, a: i32, dimension: i32, n: f64): void {
  for (let b = 0; b <= a; b++) {
    const at = x + ((<usize>b) << 3);
    store<f64>(at, load<f64>(at) + n * load<f64>(h + ((<usize>(a * dimension + b)) << 3)));
  }
}

/**
 * Wraps every particle into the box, centred on the origin, and finds its cell. (Centred: half the magnitude,
 * half the rounding in a difference of positions; it sets how small a residual gradient can get.)
 *
 * h: box vectors row-major, lower triangular (d×d); inverse: h⁻¹ (d×d, row-major, lower triangular);
 * x: wrapped in place; images: d i32 a particle, what was taken away is added; cells: d i32, cells an axis;
 * cellOf: i32 a particle, overwritten. Cell index = cx + nx·(cy + ny·cz).
 */
export function wrapAndBin(
  count: i32,
  dimension: i32,
  h: usize,
  inverse: usize,
  cells: usize,
  x: usize,
  images: usize,
  cellOf: usize,
): void {
  const stride: usize = dimension == 2 ? 16 : 32;
  for (let i = 0; i < count; i++) {
    let cell = 0;
    // From the last axis down: with a lower triangular box, wrapping along axis a moves components ≤ a only.
    for (let a = dimension - 1; a >= 0; a--) {
      let s = fractional(x, inverse, a, dimension);
      // Again where rounding put the particle on the far face: then a second call would move nothing.
      for (let whole = Math.floor(s + 0.5); whole != 0; whole = Math.floor(s + 0.5)) {
        shift(x, h, a, dimension, -whole);
        const moved = fractional(x, inverse, a, dimension);
        // Outside by rounding on either face, a particle would go to and fro for ever: it stays where it is.
        if (!(Math.abs(moved) < Math.abs(s)) && moved != -0.5) {
          shift(x, h, a, dimension, whole);
          break;
        }
        const at = images + ((<usize>a) << 2);
        store<i32>(at, load<i32>(at) + <i32>whole);
        s = moved;
      }
      const n = load<i32>(cells + ((<usize>a) << 2));
      cell = cell * n + min(n - 1, <i32>((s + 0.5) * <f64>n));
    }
    store<i32>(cellOf + ((<usize>i) << 2), cell);
    x += stride;
    images += (<usize>dimension) << 2;
  }
}

/**
 * Counting sort, stable, by (species, cell). Particles are already grouped by species: starts has S+1 i32.
 * cellStarts: S rows of cellCount+1 i32, overwritten with places in `order`; order: i32 a particle, overwritten.
 */
export function sortByCell(
  speciesCount: i32,
  starts: usize,
  cellCount: i32,
  cellOf: usize,
  cellStarts: usize,
  order: usize,
): void {
  for (let s = 0; s < speciesCount; s++) {
    const row = cellStarts + ((<usize>s * (<usize>cellCount + 1)) << 2);
    const first = load<i32>(starts + ((<usize>s) << 2));
    const last = load<i32>(starts + ((<usize>s) << 2), 4);
    memory.fill(row, 0, (<usize>cellCount + 1) << 2);
    for (let i = first; i < last; i++) {
      const at = row + ((<usize>load<i32>(cellOf + ((<usize>i) << 2))) << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
    let sum = first;
    for (let c = 0; c <= cellCount; c++) {
      const at = row + ((<usize>c) << 2);
      sum += load<i32>(at);
      store<i32>(at, sum);
    }
    // Filled from the back: each start ends up at its cell's first place, and equal cells keep their order.
    for (let i = last - 1; i >= first; i--) {
      const at = row + ((<usize>load<i32>(cellOf + ((<usize>i) << 2))) << 2);
      const place = load<i32>(at) - 1;
      store<i32>(at, place);
      store<i32>(order + ((<usize>place) << 2), i);
    }
  }
}

/** to[k] ← from[order[k]] for records of `words` i32. */
export function gather(count: i32, words: i32, order: usize, from: usize, to: usize): void {
  const bytes = (<usize>words) << 2;
  for (let k = 0; k < count; k++) {
    const at = from + <usize>load<i32>(order + ((<usize>k) << 2)) * bytes;
    for (let b: usize = 0; b < bytes; b += 4) store<i32>(to + b, load<i32>(at + b));
    to += bytes;
  }
}
