import { gradientFigure, panels, type StyleName, withCaption } from "@softfield/figures";
import {
  createBox,
  type FamilyKind,
  findInteractions,
  type Interactions,
  type Observable,
  type PairModel,
  pairsOf,
  preset,
  SoftfieldError,
  type System,
  type TermFamily,
  termEnergy,
} from "softfield";
import { dot, norm, unit, unitNamed } from "softfield/internal";

/** The interactions of SI Fig. 1; where E is known it stands in the caption. */
export interface GeometrySource {
  readonly interactions: Interactions;
  /** E_α of each family. */
  readonly energies?: readonly { readonly lte: Float64Array }[];
}

export interface GeometryOptions {
  readonly style?: StyleName;
  /** Whose units the captions of the panels are in; reduced ones by default. */
  readonly model?: PairModel;
  /**
   * By the word for a term (pair, triple): its index in the rows of the local thermal energies; default: that of the
   * largest |E|.
   */
  readonly chosen?: Readonly<Record<string, number>>;
}

/** What a term is called here. */
function wordFor(family: number, { noun }: FamilyKind): string {
  return family === 0 ? "pair" : noun;
}

/**
 * SI Fig. 1 of Zylberg 2017: f_α = ∂ε_α/∂x (B.8) on the particles of a pair and, where there are any, of a term of
 * every further family with two legs, from the model's derivatives at these positions. SVG text. @throws SoftfieldError
 * "usage" where an index is none
 */
export function geometryFigure(source: GeometrySource, options: GeometryOptions = {}): string {
  const { families } = source.interactions;
  const style = options.style ?? "paper";
  const given = { ...options.chosen };
  const figures = families.flatMap((family, f) => {
    if (f > 0 && family.count === 0) return [];
    const panel = PANELS[f === 0 ? 0 : family.members(0).ends.length - 1];
    if (panel === undefined) return [];
    const word = wordFor(f, family.kind);
    const term = chosen(word, given[word], family.count, source.energies?.[f].lte);
    delete given[word];
    const named = (unit: string) => (options.model ? unitNamed(unit, options.model) : unit);
    return panel({ family, term, energy: source.energies?.[f].lte[term], style, named });
  });
  for (const [word, index] of Object.entries(given)) {
    throw new SoftfieldError("usage", `--${word} ${index}: there are no ${word}s here`, { field: word });
  }
  return captioned(panels(figures, { style }), figures.length);
}

function captioned(svg: string, count: number): string {
  return withCaption(svg, {
    title: "Geometry of the gradient of an interaction's energy",
    description:
      "Arrows: f = ∂ε/∂x (Eq. B.8, SI Fig. 1 of Zylberg et al. 2017) on the particles of " +
      (count > 1
        ? "(a) a pair and (b) a term of three particles, seen at right angles to its plane"
        : "a pair") +
      "; the longest of a panel is drawn 0.3 bonds long, the others in proportion. Forces are minus these.",
  });
}

/** One term to be drawn. */
interface Drawn {
  readonly family: TermFamily;
  readonly term: number;
  readonly energy?: number | undefined;
  readonly style: StyleName;
  /** A unit of λ and ε by the names of the model. */
  readonly named: (unit: string) => string;
}

/** By the number of legs, one and two. */
const PANELS: readonly ((drawn: Drawn) => string)[] = [linePanel, planePanel];

/** A pair of 2DIPL within its diameters, and silicon with an angle of 90° instead of 109.5°. */
export function exampleGeometry(style: StyleName): string {
  const pair = findInteractions(example(preset("2dipl"), [1, 2, 2, 2]), preset("2dipl"));
  const [leg, half] = [1.15, Math.PI / 4];
  const ends = [-1, 1].flatMap((side) => [3 + side * leg * Math.sin(half), 2 + leg * Math.cos(half), 3]);
  const silicon = findInteractions(example(preset("sw-silicon"), [3, 2, 3, ...ends]), preset("sw-silicon"));
  const bent = silicon.families[1];
  const named = (unit: string) => unit;
  const figures = [
    linePanel({ family: pairsOf(pair), term: 0, style, named }),
    ...(bent ? [planePanel({ family: bent, term: 0, style, named })] : []),
  ];
  return captioned(panels(figures, { style }), figures.length);
}

function example({ dimension }: PairModel, positions: number[]): System {
  const d = dimension!;
  const vectors = Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 6 : 0));
  return {
    box: createBox(d, vectors),
    positions: Float64Array.from(positions),
    species: new Int32Array(positions.length / d),
  };
}

function chosen(name: string, given: number | undefined, count: number, values?: Float64Array): number {
  if (given !== undefined) {
    if (given < count) return given;
    throw new SoftfieldError("usage", `--${name} ${given}: there are ${count}, counted from 0`, {
      field: name,
    });
  }
  if (count === 0) throw new SoftfieldError("usage", `there is no ${name} to draw: no particles interact`);
  return values?.reduce((best, e, k) => (Math.abs(e) > Math.abs(values[best]) ? k : best), 0) ?? 0;
}

/** A term of one leg: along it. */
function linePanel({ family, term, energy, style, named }: Drawn): string {
  const d = family.dimension;
  const u = family.legs().vectors.subarray(term * d, (term + 1) * d);
  const { r, f } = family.measures();
  const along = u.map((x) => x / r[term]);
  const { gradient } = termEnergy(family, term);
  return gradientFigure({
    points: [0, 0, r[term], 0],
    vectors: [0, 1].flatMap((end) => [dot(gradient.subarray(end * d, (end + 1) * d), along), 0]),
    names: ["*i*", "*j*"],
    labels: ["−*φ*′*n*", "*φ*′*n*"],
    bonds: [[0, 1]],
    caption: caption(
      [`*r* = ${digits(r[term])} ${named("λ")}, *φ*′ = ${digits(f[term])} ${named("ε/λ")}`],
      energy,
    ),
    style,
  });
}

/** A term of two legs: in their plane. */
function planePanel({ family, term, energy, style, named }: Drawn): string {
  const d = family.dimension;
  const { vectors } = family.legs();
  const [first, second] = [0, 1].map((leg) =>
    vectors.slice((2 * term + leg) * d, (2 * term + leg + 1) * d),
  ) as [Float64Array, Float64Array];
  const plane = planeOf(first, second);
  const flat = (x: Float64Array) => plane.map((axis) => dot(x, axis));
  const observable: Observable = termEnergy(family, term);
  const cosine = dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second));
  const degrees = (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
  return gradientFigure({
    points: [0, 0, ...flat(first), ...flat(second)],
    vectors: [0, 1, 2].flatMap((p) => flat(observable.gradient.subarray(p * d, (p + 1) * d))),
    names: ["*i*", "*j*", "*k*"],
    labels: ["*i*", "*j*", "*k*"].map((name) => `∂*ε*/∂*x*_{${name.replaceAll("*", "")}}`),
    bonds: [
      [0, 1],
      [0, 2],
    ],
    angle: { at: 0, from: 1, to: 2, label: "*θ*" },
    caption: caption(
      [`*θ* = ${degrees.toFixed(1)}°, *ε* = ${digits(observable.value)} ${named("ε")}`],
      energy,
    ),
    style,
  });
}

/** Two axes of the plane of both legs: across, with the first leg to the left, and along their bisector. */
function planeOf(first: Float64Array, second: Float64Array): [Float64Array, Float64Array] {
  const across = unit(second.map((x, a) => x / norm(second) - first[a] / norm(first)));
  const bisector = second.map((x, a) => x / norm(second) + first[a] / norm(first));
  // legs on one line have no bisector: any direction at right angles to them will do
  if (norm(bisector) > 1e-6) return [across, unit(bisector)];
  const least = across.reduce((best, x, a) => (Math.abs(x) < Math.abs(across[best]) ? a : best), 0);
  return [across, unit(across.map((x, a) => (a === least ? 1 : 0) - x * across[least]))];
}

function caption(lines: string[], energy: number | undefined): string[] {
  return energy === undefined ? lines : [...lines, `*E*_{α} = ${digits(energy)}`];
}

/** Four digits, with a power of ten where there would be many zeros. */
function digits(value: number): string {
  const magnitude = Math.abs(value);
  const short = (text: string) => String(Number(text)).replace("-", "−");
  if (magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e5)) return short(value.toPrecision(4));
  const [mantissa, power] = value.toExponential(3).split("e") as [string, string];
  return `${short(mantissa)} × 10^{${short(power)}}`;
}
