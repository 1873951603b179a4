// The three-body term of Stillinger & Weber 1985: ε_jik = K (cos θ − c₀)² h(r_ij) h(r_ik), h = exp(γ/(r − r_c)).

/** One record of `listPairs`: u (3 f64), r, φ … φ‴. */
const RECORD: usize = 64;
/** h and h′ of a pair as a leg from its first end, then from its second. */
const LEG: usize = 16;
/** Rows of legs and of angles, see ThreeBodyTerm. */
const ROW: usize = 16;

/** Species of an end of pair m: 0 the first, 4 the second. */
function kindOf(species: usize, ends: usize, m: i32, side: usize): i32 {
  return load<i32>(species + ((<usize>load<i32>(ends + ((<usize>m) << 3) + side)) << 2));
}

/** Fills h, h′ of every pair and lists the pairs of each particle. starts: count+1 i32, overwritten with row starts. */
function prepareLegs(
  count: i32,
  found: i32,
  ends: usize,
  values: usize,
  starts: usize,
  slots: usize,
  legs: usize,
  species: usize,
  kinds: i32,
  legRows: usize,
): void {
  memory.fill(starts, 0, (<usize>(count + 1)) << 2);
  for (let m = 0; m < found; m++) {
    const r = load<f64>(values + <usize>m * RECORD, 24);
    const s = kindOf(species, ends, m, 0);
    const t = kindOf(species, ends, m, 4);
    const row = legRows + <usize>(s * kinds + t) * ROW;
    const leg = legs + <usize>m * 2 * LEG;
    const cutoff = load<f64>(row, 8);
    if (r >= cutoff) {
      memory.fill(leg, 0, 2 * LEG);
      continue;
    }
    const w = 1 / (r - cutoff);
    const range = load<f64>(row);
    const h = Math.exp(range * w);
    store<f64>(leg, h);
    store<f64>(leg, -range * w * w * h, 8);
    const back = load<f64>(legRows + <usize>(t * kinds + s) * ROW);
    const other = back == range ? h : Math.exp(back * w);
    store<f64>(leg, other, 16);
    store<f64>(leg, -back * w * w * other, 24);
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
    const row = legRows + <usize>(kindOf(species, ends, m, 0) * kinds + kindOf(species, ends, m, 4)) * ROW;
    if (load<f64>(values + <usize>m * RECORD, 24) >= load<f64>(row, 8)) continue;
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
 * ends, values: `found` pairs as `listPairs` writes them, read; species: count i32, legRows: kinds² rows γσ, aσ,
 * angleRows: kinds³ rows λε, cos θ₀, read; starts: count+1 i32, slots: 2·found i32, legs: 4·found f64, workspace; gradient: (N+1)·stride f64 and sums: U, then Σ g u·(xx, yy[, zz], xy[, xz, yz]), added to.
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
  species: usize,
  kinds: i32,
  legRows: usize,
  angleRows: usize,
  gradient: usize,
  sums: usize,
): void {
  prepareLegs(count, found, ends, values, starts, slots, legs, species, kinds, legRows);
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
    const centre = load<i32>(species + ((<usize>i) << 2)) * kinds;
    for (let p = first; p < last; p += 4) {
      const one = load<i32>(p);
      const m1 = <usize>(one >> 1);
      const sign1: f64 = one & 1 ? -1 : 1;
      const j = <usize>load<i32>(ends + (m1 << 3) + (one & 1 ? 0 : 4));
      const gj = gradient + (j << stride);
      const angles = angleRows + <usize>((centre + load<i32>(species + (j << 2))) * kinds) * ROW;
      const v1 = values + m1 * RECORD;
      const r1 = 1 / load<f64>(v1, 24);
      const x1 = sign1 * load<f64>(v1) * r1;
      const y1 = sign1 * load<f64>(v1, 8) * r1;
      const z1 = sign1 * load<f64>(v1, 16) * r1;
      const h1 = load<f64>(legs + <usize>one * LEG);
      const d1 = load<f64>(legs + <usize>one * LEG, 8);
      for (let q = p + 4; q < last; q += 4) {
        const two = load<i32>(q);
        const m2 = <usize>(two >> 1);
        const sign2: f64 = two & 1 ? -1 : 1;
        const k = <usize>load<i32>(ends + (m2 << 3) + (two & 1 ? 0 : 4));
        const gk = gradient + (k << stride);
        const angle = angles + (<usize>load<i32>(species + (k << 2))) * ROW;
        const strength = load<f64>(angle);
        const cosine = load<f64>(angle, 8);
        const v2 = values + m2 * RECORD;
        const r2 = 1 / load<f64>(v2, 24);
        const x2 = sign2 * load<f64>(v2) * r2;
        const y2 = sign2 * load<f64>(v2, 8) * r2;
        const z2 = sign2 * load<f64>(v2, 16) * r2;
        const h2 = load<f64>(legs + <usize>two * LEG);
        const d2 = load<f64>(legs + <usize>two * LEG, 8);
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
