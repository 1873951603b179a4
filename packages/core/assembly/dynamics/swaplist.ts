import { BOX, COUNT, NEIGHBOURS, REFERENCE, STARTS, address, nearestImage } from "./swapplan";

// @ts-ignore: decorator
@inline
function cellOf(at: f64, length: f64, cells: i32): i32 {
  const scaled = at / length;
  return min(cells - 1, <i32>((scaled - Math.floor(scaled)) * <f64>cells));
}

/**
 * Lists all neighbours within `reach` of every particle's reference position, by cells no smaller than that (three or
 * more along every axis; heads: i32 a cell, next: i32 a particle). Returns how many; more than `capacity`: not all are
 * listed.
 */
export function swapNeighbours(
  dimension: i32,
  plan: usize,
  reach: f64,
  cx: i32,
  cy: i32,
  cz: i32,
  heads: usize,
  next: usize,
  capacity: i32,
): i32 {
  const count = load<i32>(plan + COUNT);
  const x = address(plan, REFERENCE);
  const starts = address(plan, STARTS);
  const neighbours = address(plan, NEIGHBOURS);
  const lx = load<f64>(plan + BOX);
  const nx = 1 / lx;
  const ly = load<f64>(plan + BOX, 8);
  const ny = 1 / ly;
  const lz = load<f64>(plan + BOX, 16);
  const nz = 1 / lz;
  const stride = <usize>dimension << 3;
  const solid = dimension == 3;
  for (let c = 0; c < cx * cy * cz; c++) store<i32>(heads + (<usize>c << 2), -1);
  for (let p = count - 1; p >= 0; p--) {
    const at = x + <usize>p * stride;
    const z = solid ? cellOf(load<f64>(at, 16), lz, cz) : 0;
    const cell = (z * cy + cellOf(load<f64>(at, 8), ly, cy)) * cx + cellOf(load<f64>(at), lx, cx);
    const head = heads + (<usize>cell << 2);
    store<i32>(next + (<usize>p << 2), load<i32>(head));
    store<i32>(head, p);
  }
  const reach2 = reach * reach;
  let found = 0;
  for (let p = 0; p < count; p++) {
    store<i32>(starts + (<usize>p << 2), found);
    const at = x + <usize>p * stride;
    const px = load<f64>(at);
    const py = load<f64>(at, 8);
    const pz = solid ? load<f64>(at, 16) : 0;
    const hx = cellOf(px, lx, cx);
    const hy = cellOf(py, ly, cy);
    const hz = solid ? cellOf(pz, lz, cz) : 0;
    for (let oz = solid ? -1 : 0; oz <= (solid ? 1 : 0); oz++) {
      for (let oy = -1; oy <= 1; oy++) {
        for (let ox = -1; ox <= 1; ox++) {
          const cell = (((hz + oz + cz) % cz) * cy + ((hy + oy + cy) % cy)) * cx + ((hx + ox + cx) % cx);
          for (let q = load<i32>(heads + (<usize>cell << 2)); q >= 0; q = load<i32>(next + (<usize>q << 2))) {
            const there = x + <usize>q * stride;
            const dx = nearestImage(load<f64>(there) - px, lx, nx);
            const dy = nearestImage(load<f64>(there, 8) - py, ly, ny);
            const dz = solid ? nearestImage(load<f64>(there, 16) - pz, lz, nz) : 0;
            if (q == p || dx * dx + dy * dy + dz * dz > reach2) continue;
            if (found < capacity) store<i32>(neighbours + (<usize>found << 2), q);
            found++;
          }
        }
      }
    }
  }
  store<i32>(starts + (<usize>count << 2), found);
  return found;
}
