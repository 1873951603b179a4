// Sums of a large sample in blocks of its list, each with a gradient of its own: which thread works on which block changes
// no bit. A block touches few pages of 64 particles; the others are neither cleared nor summed.

const PAGE: usize = 6;

/** Sets flags (a byte a page, cleared before) of the pages that hold a particle of the listed pairs. */
export function markPages(
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  pages: i32,
  flags: usize,
): void {
  memory.fill(flags, 0, <usize>pages);
  const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>types) << 2))) << 4);
  for (; segments < last; segments += 16) {
    store<u8>(flags + ((<usize>load<i32>(segments)) >> PAGE), 1);
    const end = neighbours + ((<usize>load<i32>(segments, 12)) << 2);
    for (let k = neighbours + ((<usize>load<i32>(segments, 8)) << 2); k < end; k += 4)
      store<u8>(flags + ((<usize>load<i32>(k)) >> PAGE), 1);
  }
}

/** Zeroes the flagged pages of a vector, `bytes` each. */
export function clearPages(pages: i32, flags: usize, bytes: usize, vector: usize): void {
  for (let p: usize = 0; p < <usize>pages; p++)
    if (load<u8>(flags + p)) memory.fill(vector + p * bytes, 0, bytes);
}

/** to ← to + Σ over the blocks that flag a page, in their order, for pages from … end − 1. */
export function sumPages(
  from: i32,
  end: i32,
  blocks: i32,
  flags: usize,
  flagBytes: usize,
  bytes: usize,
  vectors: usize,
  vectorBytes: usize,
  to: usize,
): void {
  for (let p: usize = <usize>from; p < <usize>end; p++) {
    for (let b: usize = 0; b < <usize>blocks; b++) {
      if (!load<u8>(flags + b * flagBytes + p)) continue;
      let g = vectors + b * vectorBytes + p * bytes;
      let t = to + p * bytes;
      for (const last = t + bytes; t < last; t += 16, g += 16)
        v128.store(t, f64x2.add(v128.load(t), v128.load(g)));
    }
  }
}
