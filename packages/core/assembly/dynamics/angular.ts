// The three-body term of Stillinger & Weber 1985: ε_jik = K (cos θ − c₀)² h(r_ij) h(r_ik), h = exp(γ/(r − r_c)).

/** One record of `listPairs`: u (3 f64), r, φ … φ‴. */
const RECORD: usize = 64;
/** h and h′ of a pair. */
const LEG: usize = 16;

/** Fills h, h′ of every pair and lists the pairs of each particle. starts: count+1 i32, overwritten with row starts. */
function prepareLegs(
  count: i32,
  found: i32,
  ends: usize,
  values: usize,
  starts: usize,
  slots: usize,
  legs: usize,
  range: f64,
  cutoff: f64,
): void {
  memory.fill(starts, 0, (<usize>(count + 1)) << 2);
  for (let m = 0; m < found; m++) {
    const r = load<f64>(values + <usize>m * RECORD, 24);
    const leg = legs + <usize>m * LEG;
    if (r >= cutoff) {
      store<f64>(leg, 0);
      store<f64>(leg, 0, 8);
      continue;
    }
    const w = 1 / (r - cutoff);
    const h = Math.exp(range * w);
    store<f64>(leg, h);
    store<f64>(leg, -range * w * w * h, 8);
    for (let side: usize = 0; side < 8; side += 4) {
      const at = starts + ((<usize>load<i32>(ends + ((<usize>m) << 3) + side)) << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
  }
  let total = 0;
  for (let i = 0; i <= count; i++) {
    const at = starts + ((<usize>i) << 2);
    total += load<i32>(at);
    store<i32>(at, total);
  }
  // Filling backwards turns end positions into starts.
  for (let m = found - 1; m >= 0; m--) {
    if (load<f64>(values + <usize>m * RECORD, 24) >= cutoff) continue;
    for (let side = 0; side < 2; side++) {
      const at = starts + ((<usize>load<i32>(ends + ((<usize>m) << 3) + ((<usize>side) << 2))) << 2);
      const slot = load<i32>(at) - 1;
      store<i32>(at, slot);
      store<i32>(slots + ((<usize>slot) << 2), 2 * m + side);
    }
  }
}

/**
 * Adds ∂U/∂x, energy and virial sums of all triples to those of the pairs.
 *
 * ends, values: `found` pairs as `listPairs` writes them, read; starts: count+1 i32, slots: 2·found i32, legs: 2·found
 * f64, workspace; gradient: (N+1)·stride f64 and sums: U, then Σ g u·(xx, yy[, zz], xy[, xz, yz]), added to.
 */
export function angularForces(
  dimension: i32,
  count: i32,
  found: i32,
  ends: usize,
  values: usize,
  starts: usize,
  slots: usize,
  legs: usize,
  strength: f64,
  range: f64,
  cosine: f64,
  cutoff: f64,
  gradient: usize,
  sums: usize,
): void {
  prepareLegs(count, found, ends, values, starts, slots, legs, range, cutoff);
  const flat = dimension == 2;
  const stride: usize = flat ? 4 : 5;
  let energy = 0.0;
  let sxx = 0.0;
  let syy = 0.0;
  let szz = 0.0;
  let sxy = 0.0;
  let sxz = 0.0;
  let syz = 0.0;
  for (let i = 0; i < count; i++) {
    const first = slots + ((<usize>load<i32>(starts + ((<usize>i) << 2))) << 2);
    const last = slots + ((<usize>load<i32>(starts + ((<usize>i) << 2), 4)) << 2);
    const gi = gradient + ((<usize>i) << stride);
    for (let p = first; p < last; p += 4) {
      const one = load<i32>(p);
      const m1 = <usize>(one >> 1);
      const sign1: f64 = one & 1 ? -1 : 1;
      const gj = gradient + ((<usize>load<i32>(ends + (m1 << 3) + (one & 1 ? 0 : 4))) << stride);
      const v1 = values + m1 * RECORD;
      const r1 = 1 / load<f64>(v1, 24);
      const x1 = sign1 * load<f64>(v1) * r1;
      const y1 = sign1 * load<f64>(v1, 8) * r1;
      const z1 = sign1 * load<f64>(v1, 16) * r1;
      const h1 = load<f64>(legs + m1 * LEG);
      const d1 = load<f64>(legs + m1 * LEG, 8);
      for (let q = p + 4; q < last; q += 4) {
        const two = load<i32>(q);
        const m2 = <usize>(two >> 1);
        const sign2: f64 = two & 1 ? -1 : 1;
        const gk = gradient + ((<usize>load<i32>(ends + (m2 << 3) + (two & 1 ? 0 : 4))) << stride);
        const v2 = values + m2 * RECORD;
        const r2 = 1 / load<f64>(v2, 24);
        const x2 = sign2 * load<f64>(v2) * r2;
        const y2 = sign2 * load<f64>(v2, 8) * r2;
        const z2 = sign2 * load<f64>(v2, 16) * r2;
        const h2 = load<f64>(legs + m2 * LEG);
        const d2 = load<f64>(legs + m2 * LEG, 8);
        const c = x1 * x2 + y1 * y2 + z1 * z2;
        const off = c - cosine;
        const square = strength * off * off;
        energy += square * h1 * h2;
        // g₁ = K off² h₁′h₂ n₁ + 2K off h₁h₂ (n₂ − c n₁)/r₁, and g₂ likewise
        const turn = 2 * strength * off * h1 * h2;
        const a1 = square * d1 * h2 - turn * r1 * c;
        const b1 = turn * r1;
        const a2 = square * h1 * d2 - turn * r2 * c;
        const b2 = turn * r2;
        const g1x = a1 * x1 + b1 * x2;
        const g1y = a1 * y1 + b1 * y2;
        const g2x = a2 * x2 + b2 * x1;
        const g2y = a2 * y2 + b2 * y1;
        store<f64>(gj, load<f64>(gj) + g1x);
        store<f64>(gj, load<f64>(gj, 8) + g1y, 8);
        store<f64>(gk, load<f64>(gk) + g2x);
        store<f64>(gk, load<f64>(gk, 8) + g2y, 8);
        store<f64>(gi, load<f64>(gi) - (g1x + g2x));
        store<f64>(gi, load<f64>(gi, 8) - (g1y + g2y), 8);
        const l1 = load<f64>(v1, 24);
        const l2 = load<f64>(v2, 24);
        sxx += g1x * x1 * l1 + g2x * x2 * l2;
        syy += g1y * y1 * l1 + g2y * y2 * l2;
        sxy += g1x * y1 * l1 + g2x * y2 * l2;
        if (flat) continue;
        const g1z = a1 * z1 + b1 * z2;
        const g2z = a2 * z2 + b2 * z1;
        store<f64>(gj, load<f64>(gj, 16) + g1z, 16);
        store<f64>(gk, load<f64>(gk, 16) + g2z, 16);
        store<f64>(gi, load<f64>(gi, 16) - (g1z + g2z), 16);
        szz += g1z * z1 * l1 + g2z * z2 * l2;
        sxz += g1x * z1 * l1 + g2x * z2 * l2;
        syz += g1y * z1 * l1 + g2y * z2 * l2;
      }
    }
  }
  add(sums, energy);
  add(sums + 8, sxx);
  add(sums + 16, syy);
  add(sums + 24, flat ? sxy : szz);
  add(sums + 32, sxy);
  add(sums + 40, sxz);
  add(sums + 48, syz);
}

function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}
