/**
 * Models of the literature, as model files hold them. Where a publication leaves a choice, the comment says which was
 * taken; temperatures of `glass` are published ones of the glass transition or of mode coupling, rounded.
 */

/** Short and long-ranged parts of van Beest, Kramer & van Santen's silica; damping and cutoffs as told below. */
const bksTerms = [
  {
    form: "buckingham",
    pairs: ["Si O", "O O"],
    A: { "Si O": 18003.7572, "O O": 1388.773 },
    rho: { "Si O": 1 / 4.87318, "O O": 1 / 2.76 },
    C: { "Si O": 133.5381, "O O": 175 },
    cutoff: 5.5,
    smoothing: "force-shifted",
  },
  // 4ε[(σ/r)³⁰ − (σ/r)⁶] against the collapse at short distances: Saika-Voivod, Sciortino & Poole, Phys. Rev. E 63,
  // 011202 (2000). The form's own prefactor is (30/24) 5^{1/4}.
  {
    form: "lennard-jones",
    pairs: ["Si O", "O O"],
    exponents: [30, 6],
    epsilon: { "Si O": (4 * 0.003097948) / 1.8691859765265257, "O O": (4 * 0.00105105) / 1.8691859765265257 },
    lambda: { "Si O": 1.313635, "O O": 1.779239 },
    cutoff: { "Si O": 5.5 / 1.313635, "O O": 5.5 / 1.779239 },
    smoothing: "force-shifted",
  },
  {
    form: "coulomb",
    charges: { Si: 2.4, O: -1.2 },
    damping: 0.2,
    cutoff: 10,
    smoothing: "force-shifted",
  },
];

/** Its short-ranged part and Coulomb are brought to zero by exp(−γ²/(r − r_c)²). */
const SHIK_FADE = 0.2;
/** A exp(−B r) − C/r⁶ + D/r²⁴ shifted at 8 Å; Coulomb shifted in force at 10 Å. */
const shikTerms = [
  {
    form: "buckingham",
    A: { "Si Si": 2797.979165, "Si O": 23107.84764, "O O": 1120.528996 },
    rho: { "Si Si": 1 / 4.407320018, "Si O": 1 / 5.097856735, "O O": 1 / 2.892741833 },
    C: { "Si Si": 0, "Si O": 139.6947857, "O O": 26.13207696 },
    cutoff: 8,
    smoothing: { fade: SHIK_FADE, after: "shifted" },
  },
  {
    form: "inverse-power-law",
    exponent: 24,
    epsilon: { "Si Si": 3423204, "Si O": 66, "O O": 16800 },
    lambda: 1,
    cutoff: 8,
    smoothing: { fade: SHIK_FADE, after: "shifted" },
  },
  {
    form: "coulomb",
    charges: { Si: 1.7755, O: -0.88775 },
    cutoff: 10,
    smoothing: { fade: SHIK_FADE, after: "force-shifted" },
  },
];

const silica = {
  species: ["Si", "O"],
  dimension: 3,
  units: "metal",
  masses: { Si: 28.085, O: 15.999 },
};
/** One third and two thirds, summing to 1. */
const silicaFractions = [1 / 3, 2 / 3];

/** σ of the 2D mixture of Lançon and Billard, Falk and Langer: 2 sin 18°, 1, 2 sin 36°. */
const SMALL = 0.6180339887498949;
const LARGE = 1.1755705045849463;
/** N_L/N_S = (1 + √5)/4 */
const LARGE_FRACTION = 0.4472135954999579;

const kobAndersen = {
  species: ["A", "B"],
  epsilon: [[1, 1.5], [0.5]],
  lambda: [[1, 0.8], [0.88]],
};

/**
 * Continuously polydisperse soft spheres φ = x⁻¹² + c₀ + c₂x² + c₄x⁴, x ≤ 1.25, that are not additive, P(σ) ∼ σ⁻³,
 * ⟨σ⟩ = 1, σ_max/σ_min = 2.219: Ninarello, Berthier & Coslovich, Phys. Rev. X 7, 021039 (2017).
 */
const polydisperse = {
  species: ["P"],
  form: "inverse-power-law",
  epsilon: 1,
  exponent: 12,
  cutoff: 1.25,
  smoothing: 2,
  diameters: { nonAdditivity: 0.2 },
};
/** ⟨σ⟩ = 2σ_min σ_max/(σ_min + σ_max) = 1 */
const diameters = { min: 3.219 / 4.438, max: 3.219 / 2, exponent: -3 };

export const published = {
  // In 2D: Berthier, Charbonneau, Ninarello, Ozawa & Yaida, Nat. Commun. 10, 1508 (2019); N/V = 1, T_MCT ≈ 0.123.
  poly2d: {
    ...polydisperse,
    name: "poly2d",
    dimension: 2,
    glass: {
      density: 1,
      fractions: [1],
      liquidTemperature: 0.5,
      annealTemperature: 0.12,
      glassTransition: 0.123,
      annealTime: 100,
      diameters,
    },
  },
  // In 3D: Ninarello et al. 2017; N/V = 1.02 and T_MCT ≈ 0.108 as in Ozawa et al., PNAS 115, 6656 (2018).
  poly3d: {
    ...polydisperse,
    name: "poly3d",
    dimension: 3,
    glass: {
      density: 1.02,
      fractions: [1],
      liquidTemperature: 0.5,
      annealTemperature: 0.105,
      glassTransition: 0.108,
      annealTime: 100,
      diameters,
    },
  },
  // Weeks, Chandler & Andersen's cut of the Kob–Andersen mixture: Berthier & Tarjus, Phys. Rev. Lett. 103, 170601 (2009).
  wca: {
    ...kobAndersen,
    name: "wca",
    dimension: 3,
    form: "lennard-jones",
    cutoff: 1.122462048309373,
    smoothing: 0,
    glass: {
      density: 1.2,
      fractions: [0.8, 0.2],
      liquidTemperature: 1,
      annealTemperature: 0.27,
      glassTransition: 0.28,
      annealTime: 100,
    },
  },
  // Wahnström, Phys. Rev. A 44, 3752 (1991): equal ε, σ_AB additive, ρ σ_AA³ = 0.75, T_MCT ≈ 0.57; shifted at 2.5 σ_ij.
  wahnstrom: {
    name: "wahnstrom",
    dimension: 3,
    species: ["A", "B"],
    masses: { A: 2, B: 1 },
    form: "lennard-jones",
    epsilon: 1,
    lambda: [[1, 11 / 12], [5 / 6]],
    cutoff: 2.5,
    smoothing: 0,
    glass: {
      density: 0.75,
      fractions: [0.5, 0.5],
      liquidTemperature: 1.5,
      annealTemperature: 0.55,
      glassTransition: 0.57,
      annealTime: 100,
    },
  },
  // Brüning, St-Onge, Patterson & Kob, J. Phys.: Condens. Matter 21, 035117 (2009): the mixture 65 : 35, which does not
  // crystallise in 2D; shifted at 2.5 σ_ij.
  "kob-andersen-2d": {
    ...kobAndersen,
    name: "kob-andersen-2d",
    dimension: 2,
    form: "lennard-jones",
    cutoff: 2.5,
    smoothing: 0,
    glass: {
      density: 1.2,
      fractions: [0.65, 0.35],
      liquidTemperature: 1,
      annealTemperature: 0.32,
      glassTransition: 0.33,
      annealTime: 100,
    },
  },
  // Falk & Langer, Phys. Rev. E 57, 7192 (1998), with the cut of Barbot et al., Phys. Rev. E 97, 033001 (2018): a
  // quartic between 2 and 2.5 σ_SL, of all pairs alike; N/V = 10⁴/98.8045².
  "falk-langer": {
    name: "falk-langer",
    dimension: 2,
    species: ["S", "L"],
    form: "lennard-jones",
    epsilon: [[0.5, 1], [0.5]],
    lambda: [[SMALL, 1], [LARGE]],
    cutoff: [[2.5 / SMALL, 2.5], [2.5 / LARGE]],
    smoothing: { window: "smooth", from: [[2 / SMALL, 2], [2 / LARGE]] },
    glass: {
      density: 1.0243,
      fractions: [1 - LARGE_FRACTION, LARGE_FRACTION],
      liquidTemperature: 1,
      annealTemperature: 0.36,
      glassTransition: 0.373,
      annealTime: 100,
    },
  },
  // van Beest, Kramer & van Santen, Phys. Rev. Lett. 64, 1955 (1990), with Coulomb by damped shifted force (see
  // Carré et al., J. Chem. Phys. 127, 114512, 2007, on finite ranges) and the repulsion of Saika-Voivod et al.
  "bks-silica": {
    ...silica,
    name: "bks-silica",
    form: "sum",
    terms: bksTerms,
    glass: {
      density: 0.0661,
      fractions: silicaFractions,
      liquidTemperature: 0.6,
      annealTemperature: 0.24,
      glassTransition: 0.25,
      annealTime: 800,
    },
  },
  // Sundararaman, Huang, Ispas & Kob, J. Chem. Phys. 148, 194504 (2018), with the digits of the authors' input files.
  "shik-silica": {
    ...silica,
    name: "shik-silica",
    form: "sum",
    terms: shikTerms,
    glass: {
      density: 0.0661,
      fractions: silicaFractions,
      liquidTemperature: 0.4,
      annealTemperature: 0.16,
      glassTransition: 0.17,
      annealTime: 800,
    },
  },
  // Vashishta, Kalia, Rino & Ebbsjö, Phys. Rev. B 41, 12197 (1990), with the numbers of LAMMPS's SiO.1990.vashishta.
  "vashishta-silica": {
    ...silica,
    name: "vashishta-silica",
    form: "vashishta",
    H: { "Si Si": 0.82023, "Si O": 163.859, "O O": 743.848 },
    eta: { "Si Si": 11, "Si O": 9, "O O": 7 },
    charges: { Si: 1.6, O: -0.8 },
    lambda1: 999,
    D: { "Si Si": 0, "Si O": 44.2357, "O O": 22.1179 },
    lambda4: 4.43,
    threeBody: {
      B: { "O Si Si": 20.146, "Si O O": 5.0365 },
      gamma: 1,
      cutoff: 2.6,
      cosine: { "O Si Si": -0.77714596, "Si O O": -0.333333333333 },
    },
    cutoff: 10,
    smoothing: "force-shifted",
    glass: {
      density: 0.0661,
      fractions: silicaFractions,
      liquidTemperature: 0.6,
      annealTemperature: 0.15,
      glassTransition: 0.16,
      annealTime: 800,
    },
  },
  // The same potential as sw-silicon, in the units of files in Å (LAMMPS's Si.sw): σ = 2.0951 Å, ε = 2.1683 eV.
  "sw-silicon-metal": {
    name: "sw-silicon-metal",
    description: "Silicon of Stillinger and Weber, in Å and eV; sw-silicon is the same in σ and ε.",
    dimension: 3,
    species: ["Si"],
    units: "metal",
    masses: { Si: 28.085 },
    form: "stillinger-weber",
    epsilon: 2.1683,
    lambda: 2.0951,
    A: 7.049556277,
    B: 0.6022245584,
    p: 4,
    q: 0,
    cutoff: 1.8,
    threeBody: { strength: 21, gamma: 1.2, cosine: -1 / 3 },
    glass: {
      density: 0.04994,
      fractions: [1],
      liquidTemperature: 0.217,
      annealTemperature: 0.0867,
      glassTransition: 0.091,
      annealTime: 1500,
    },
  },
  // Tersoff, Phys. Rev. B 38, 9902 (1988), Si(C), "T3".
  "tersoff-silicon": {
    name: "tersoff-silicon",
    dimension: 3,
    species: ["Si"],
    units: "metal",
    masses: { Si: 28.085 },
    form: "tersoff",
    entries: {
      "Si Si Si": {
        m: 3,
        gamma: 1,
        lambda3: 1.7322,
        c: 100390,
        d: 16.218,
        costheta0: -0.59826,
        n: 0.78734,
        beta: 1.0999e-6,
        lambda2: 1.7322,
        B: 471.18,
        R: 2.85,
        D: 0.15,
        lambda1: 2.4799,
        A: 1830.8,
      },
    },
    glass: {
      density: 0.05,
      fractions: [1],
      liquidTemperature: 0.35,
      annealTemperature: 0.16,
      glassTransition: 0.17,
      annealTime: 1000,
    },
  },
  // Roy, Heyde & Heuer, Phys. Chem. Chem. Phys. 20, 14725 (2018): (σ/r)¹² + q exp(−κr)/r, κ⁻¹ = 5.649, cut off at 10 with
  // shifted forces; energies and lengths in their units, N_O/N_Si = 3/2. The density is that of the samples of JuMol, the
  // temperatures ours: on cooling 200 particles have a mean square displacement of 33 within 200 τ₀ at T = 0.03, of 1.1 at
  // 0.01 and 0.3 at 0.006.
  "silica-2d": {
    name: "silica-2d",
    dimension: 2,
    species: ["Si", "O"],
    units: "lj",
    form: "sum",
    terms: [
      {
        form: "inverse-power-law",
        exponent: 12,
        lambda: [[2.25, 1.075], [0.9]],
        cutoff: [[10 / 2.25, 10 / 1.075], [10 / 0.9]],
        smoothing: "force-shifted",
      },
      {
        form: "coulomb",
        products: [[1.5, -1], [0.67]],
        screening: 1 / 5.649,
        cutoff: 10,
        smoothing: "force-shifted",
      },
    ],
    glass: {
      density: 0.2125,
      fractions: [0.4, 0.6],
      liquidTemperature: 0.03,
      annealTemperature: 0.009,
      glassTransition: 0.01,
      annealTime: 200,
    },
  },
} as const;
