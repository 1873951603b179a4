// Typed places in memory: index arithmetic in one spot.

/** Address of double `index` of an array. */
// @ts-ignore: decorator
@inline
export function at(p: usize, index: i32): usize {
  return p + ((<usize>index) << 3);
}

/** Address of entry (row, column) of a column-major matrix. */
// @ts-ignore: decorator
@inline
export function entry(p: usize, row: i32, column: i32, ld: i32): usize {
  return p + ((<usize>row + <usize>column * <usize>ld) << 3);
}

/** Entry `index` of an i32 array. */
// @ts-ignore: decorator
@inline
export function int(p: usize, index: i32): i32 {
  return load<i32>(p + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
export function putInt(p: usize, index: i32, value: i32): void {
  store<i32>(p + ((<usize>index) << 2), value);
}

/** n rounded up to fours, as rows are padded. */
// @ts-ignore: decorator
@inline
export function padded(n: i32): i32 {
  return (n + 3) & ~3;
}
