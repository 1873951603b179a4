/** y ← y + a·x, n entries; x and y are byte addresses of f64 arrays. */
export function daxpy(n: i32, a: f64, x: usize, y: usize): void {
  for (let k = 0; k < n; k++) {
    const at = (<usize>k) << 3;
    store<f64>(y + at, load<f64>(y + at) + a * load<f64>(x + at));
  }
}
