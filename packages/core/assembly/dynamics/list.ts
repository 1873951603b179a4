// Neighbour list. One segment = one particle i seen through one image shift, with the neighbours of one
// species pair, padded to an even number by the dummy. A segment is 16 bytes: i, shift, first, end (i32).
// The list is half: like species keep j after i in cell order, unlike ones sit with the lower species.

/** Neighbours of one particle by species pair: rows of 8 i32 = s, t, reach of cells along x, y, z, unused. */
const PAIR_ROW: usize = 32;
/** Range of cells in scratch: start, end, shift, unused (i32). */
const RANGE: usize = 16;

/** ⌊a/n⌋, quick for 0 ≤ a < n, which is nearly always so. */
// @ts-ignore: decorator
@inline
function floorDivide(a: i32, n: i32): i32 {
  if (<u32>a < <u32>n) return 0;
  return a >= 0 ? a / n : -((n - 1 - a) / n);
}

/** Collects the ranges of particles in reach of cell (cx, cy, cz) that end after place `after`, by shift; returns how many. */
function collectRanges(
  cx: i32,
  cy: i32,
  cz: i32,
  cells: usize,
  images: i32,
  reach: usize,
  cellStarts: usize,
  after: i32,
  ranges: usize,
): i32 {
  const nx = load<i32>(cells);
  const ny = load<i32>(cells, 4);
  const nz = load<i32>(cells, 8);
  const kx = load<i32>(reach);
  const ky = load<i32>(reach, 4);
  const kz = load<i32>(reach, 8);
  const width = 2 * images + 1;
  const loX = floorDivide(cx - kx, nx);
  const hiX = floorDivide(cx + kx, nx);
  let count = 0;
  for (let z = cz - kz; z <= cz + kz; z++) {
    const imageZ = floorDivide(z, nz);
    for (let y = cy - ky; y <= cy + ky; y++) {
      const imageY = floorDivide(y, ny);
      const row = nx * (y - imageY * ny + ny * (z - imageZ * nz));
      for (let imageX = loX; imageX <= hiX; imageX++) {
        const first = max(cx - kx - imageX * nx, 0);
        const last = min(cx + kx - imageX * nx, nx - 1);
        const start = load<i32>(cellStarts + ((<usize>(row + first)) << 2));
        const end = load<i32>(cellStarts + ((<usize>(row + last + 1)) << 2));
        if (start == end || end <= after) continue;
        const shift = ((imageZ + images) * width + imageY + images) * width + imageX + images;
        let at = ranges + <usize>count * RANGE;
        // Insertion by shift; nearly every cell has one shift only.
        while (at > ranges && load<i32>(at - RANGE, 8) > shift) {
          v128.store(at, v128.load(at - RANGE));
          at -= RANGE;
        }
        store<i32>(at, start);
        store<i32>(at, end, 4);
        store<i32>(at, shift, 8);
        count++;
      }
    }
  }
  return count;
}

/**
 * Builds the list of all pairs nearer than √(reach²) of their species pair; returns the number of neighbour
 * places used, or −1 where `capacity` places or `segmentCapacity` segments don't suffice.
 *
 * x: positions in cell order; order: index of each in the caller's numbering, which the list uses;
 * pairs: `types` rows of 8 i32; reach2: f64 a type; shifts: vectors of stride 2 or 4, (2·images+1)^d;
 * segmentStarts: types+1 i32, overwritten; segments, neighbours, ranges: overwritten. Only particles of the cells
 * from … to − 1 have rows.
 */
export function buildList(
  dimension: i32,
  dummy: i32,
  x: usize,
  order: usize,
  cells: usize,
  cellStarts: usize,
  images: i32,
  shifts: usize,
  types: i32,
  pairs: usize,
  reach2: usize,
  ranges: usize,
  segmentStarts: usize,
  segments: usize,
  segmentCapacity: i32,
  neighbours: usize,
  capacity: i32,
  from: i32,
  to: i32,
): i32 {
  const nx = load<i32>(cells);
  const ny = load<i32>(cells, 4);
  const nz = load<i32>(cells, 8);
  const rowBytes = (<usize>(nx * ny * nz + 1)) << 2;
  const flat = dimension == 2;
  const shiftOfStride: usize = flat ? 4 : 5;
  const limit = neighbours + ((<usize>capacity) << 2);
  const segmentLimit = segments + ((<usize>segmentCapacity) << 4);
  const origin = neighbours;
  const firstSegment = segments;
  for (let type = 0; type < types; type++) {
    store<i32>(segmentStarts + ((<usize>type) << 2), <i32>((segments - firstSegment) >> 4));
    const pair = pairs + <usize>type * PAIR_ROW;
    const like = load<i32>(pair) == load<i32>(pair, 4);
    const mine = cellStarts + <usize>load<i32>(pair) * rowBytes;
    const theirs = cellStarts + <usize>load<i32>(pair, 4) * rowBytes;
    const r2 = load<f64>(reach2 + ((<usize>type) << 3));
    let cell = mine + ((<usize>from) << 2);
    for (let c = from; c < to; c++, cell += 4) {
      const end = load<i32>(cell, 4);
      let i = load<i32>(cell);
      if (i == end) continue;
      const cx = c % nx;
      const cy = (c / nx) % ny;
      const cz = c / (nx * ny);
      const after = like ? i + 1 : 0;
      const count = collectRanges(cx, cy, cz, cells, images, pair + 8, theirs, after, ranges);
      const lastRange = ranges + <usize>count * RANGE;
      for (; i < end; i++) {
        const at = x + ((<usize>i) << shiftOfStride);
        const name = load<i32>(order + ((<usize>i) << 2));
        let range = ranges;
        while (range < lastRange) {
          const shift = load<i32>(range, 8);
          const sh = shifts + ((<usize>shift) << shiftOfStride);
          const rx = load<f64>(at) - load<f64>(sh);
          const ry = load<f64>(at, 8) - load<f64>(sh, 8);
          const rz = flat ? 0 : load<f64>(at, 16) - load<f64>(sh, 16);
          const begin = neighbours;
          if (segments == segmentLimit) return -1;
          do {
            let j = load<i32>(range);
            const stop = load<i32>(range, 4);
            if (like) j = max(j, i + 1);
            range += RANGE;
            if (neighbours + ((<usize>max(stop - j, 0) + 2) << 2) > limit) return -1;
            let p = x + ((<usize>j) << shiftOfStride);
            if (flat) {
              for (; j < stop; j++, p += 16) {
                const dx = load<f64>(p) - rx;
                const dy = load<f64>(p, 8) - ry;
                store<i32>(neighbours, load<i32>(order + ((<usize>j) << 2)));
                neighbours += (<usize>(dx * dx + dy * dy < r2)) << 2;
              }
            } else {
              for (; j < stop; j++, p += 32) {
                const dx = load<f64>(p) - rx;
                const dy = load<f64>(p, 8) - ry;
                const dz = load<f64>(p, 16) - rz;
                store<i32>(neighbours, load<i32>(order + ((<usize>j) << 2)));
                neighbours += (<usize>(dx * dx + dy * dy + dz * dz < r2)) << 2;
              }
            }
          } while (range < lastRange && load<i32>(range, 8) == shift);
          if (neighbours == begin) continue;
          if (((neighbours - begin) & 4) != 0) {
            store<i32>(neighbours, dummy);
            neighbours += 4;
          }
          store<i32>(segments, name);
          store<i32>(segments, shift, 4);
          store<i32>(segments, <i32>((begin - origin) >> 2), 8);
          store<i32>(segments, <i32>((neighbours - origin) >> 2), 12);
          segments += 16;
        }
      }
    }
  }
  store<i32>(segmentStarts + ((<usize>types) << 2), <i32>((segments - firstSegment) >> 4));
  return <i32>((neighbours - origin) >> 2);
}
