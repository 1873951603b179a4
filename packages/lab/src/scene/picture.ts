import type { Box } from "softfield";
import type { BondData } from "../engine/bondlayer.ts";
import { Camera, edges } from "./camera.ts";
import type { Device } from "./device.ts";
import { firstAbove, fractionMatrix, transposed } from "./geometry.ts";
import { GLOW_DECADES, type Rgb, rgb, type SceneTheme } from "./palette.ts";
import type { Program } from "./program.ts";
import type { FieldData, SceneView } from "./types.ts";

/** Everything that one picture shows; its arrays are on the device already. */
export interface Picture {
  readonly camera: Camera;
  readonly theme: SceneTheme;
  readonly view: SceneView;
  readonly box: Box;
  /** Particles, with images at the edges. */
  readonly discs: number;
  readonly bonds: BondData | undefined;
  readonly arrows: number;
  readonly field: FieldData | undefined;
  /** Drawn with less, since it moves and comes slowly. */
  readonly coarse: boolean;
}

/** An empty picture. */
export function wipe({ gl }: Device, theme: SceneTheme): void {
  gl.viewport(0, 0, gl.canvas.width, gl.canvas.height);
  gl.clearColor(...rgb(theme.background), 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
}

/**
 * Has every program of flat pictures compiled before its first picture is wanted: drivers, and above all software
 * renderers, compile with the first draw.
 */
export function warmUp(device: Device, theme: SceneTheme): void {
  const box: Box = { dimension: 2, vectors: Float64Array.of(1, 0, 0, 1) };
  const camera = new Camera();
  camera.fit(box);
  const one = new Float32Array(4);
  const view: SceneView = {
    ...{ particles: true, bonds: true, arrows: true, field: false, fieldSmooth: true, surfaces: false },
    ...{ bondThreshold: 0, bondSaturation: 1, arrowSaturation: 1, arrowLog: false, arrowLength: 1 },
    ...{ colouring: "species" as const, slabCentre: 0.5, slabThickness: 1 },
  };
  const bonds = { count: 1, starts: one.subarray(0, 1), bonds: one, of: new Uint32Array(1) };
  const field = { counts: [1, 1], levels: one.subarray(0, 1), shift: [0, 0], low: 0, high: 1, decades: 0 };
  const picture = { camera, theme, box, discs: 1, bonds, arrows: 1, field, coarse: false };
  paint(device, { ...picture, view });
  paint(device, {
    ...picture,
    view: { ...view, particles: false, bonds: false, arrows: false, field: true },
  });
  wipe(device, theme);
  // Nothing is presented yet that would have it done.
  device.gl.flush();
}

/** Draws the layers in view, over an empty picture. */
export function paint(device: Device, picture: Picture): void {
  const { gl } = device;
  const { view } = picture;
  const spatial = picture.box.dimension === 3;
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  if (spatial) gl.enable(gl.DEPTH_TEST);
  else gl.disable(gl.DEPTH_TEST);
  if (view.field && !spatial) drawField(device, picture);
  if (view.particles && !lost(picture)) drawDiscs(device, picture);
  if (view.bonds) drawBonds(device, picture);
  if (view.arrows) drawArrows(device, picture);
  // What is seen through comes last and hides nothing.
  gl.depthMask(false);
  if (view.field && spatial) {
    if (picture.field?.surfaces && view.surfaces && view.slabThickness >= 1) drawSurfaces(device, picture);
    else drawField(device, picture);
  }
  drawOutline(device, picture);
  gl.depthMask(true);
}

/** Uniforms that all programs share: where one looks from, and what the slab leaves. */
function prepare(program: Program, { camera, box, view, theme }: Picture): void {
  const spatial = box.dimension === 3;
  program.use();
  program.mat3("uRotation", camera.rotation);
  program.float("uTarget", ...camera.target);
  program.float("uScale", (2 * camera.zoom) / camera.width, (2 * camera.zoom) / camera.height);
  program.float("uPixel", 2 / camera.width, 2 / camera.height);
  program.float("uDepth", 0.9 / camera.radius);
  program.float("uFog", spatial ? 0.75 : 0);
  program.float("uClip", spatial ? 0 : 1);
  program.float("uBackground", ...rgb(theme.background));
  program.mat3("uFraction", fractionMatrix(box));
  const slab = spatial && view.slabThickness < 1;
  const [low, high] = [view.slabCentre - view.slabThickness / 2, view.slabCentre + view.slabThickness / 2];
  program.float("uSlab", slab ? 2 : -1, fraction(low), fraction(high), 0);
}

/** Of the box, whichever of its images is meant. */
function fraction(x: number): number {
  return x - Math.floor(x);
}

/** Discs that are hardly seen through a field are left out where they are small, too: they cost most of a picture. */
function lost({ box, camera, view, coarse, discs }: Picture): boolean {
  if (coarse && discs > COARSE_BONDS && (view.field || view.bonds) && view.colouring === "species")
    return camera.zoom < 2 * SMALLEST_DISCS;
  return box.dimension === 2 && discOpacity(view) < 0.2 && camera.zoom < SMALLEST_DISCS;
}
/** CSS pixels a λ. */
const SMALLEST_DISCS = 9;

/** Particles step back behind a field, and a little behind bonds or arrows. */
function discOpacity({ field, bonds, arrows, colouring }: SceneView): number {
  const plain = colouring === "species";
  if (field) return plain ? 0.14 : 0.75;
  return (bonds || arrows) && plain ? 0.6 : 1;
}

function drawDiscs(device: Device, picture: Picture): void {
  const { gl, data, palettes } = device;
  const { view } = picture;
  const program = device.programs.discs;
  const spatial = picture.box.dimension === 3;
  prepare(program, picture);
  device.bind(program, {
    uParticles: data.particles,
    uAttributes: data.attributes,
    uPalette: palettes[view.colouring],
  });
  program.float("uShade", spatial ? 1 : 0);
  program.float("uSize", spatial ? (view.bonds || view.arrows || view.field ? 0.24 : 0.8) : 0.94);
  program.float("uAlpha", discOpacity(view));
  gl.drawArrays(gl.TRIANGLES, 0, 6 * picture.discs);
}

/** A bond's weight is the share of |E| in the strongest one to this power. */
const EXPONENT = 1.4;
/** λ, of the strongest bonds in 2D; of the faintest the share below. */
const BOND_WIDTH = 0.3;
const FAINT_WIDTH = 0.16;
/** Pixels below which bonds in 2D are noise, and left out. */
const THINNEST = 0.5;
/** A bond of less weight is not seen, whatever its width. */
const UNSEEN = 0.016;

/** The weight of the faintest bonds that are drawn: such that they are not too thin to be seen apart. */
function faintest({ box, camera, discs }: Picture): number {
  if (box.dimension === 3 || discs < MANY) return UNSEEN;
  const pixels = camera.zoom * Math.min(2, window.devicePixelRatio || 1);
  const weight = (THINNEST / (BOND_WIDTH * pixels) - FAINT_WIDTH) / (1 - FAINT_WIDTH);
  return Math.min(0.5, Math.max(UNSEEN, weight));
}
/** Of fewer particles all bonds are drawn: a picture of few on a small screen is not to lose its net. */
const MANY = 4000;

/** So many bonds are drawn of a picture that is to come fast. */
const COARSE_BONDS = 4000;

function drawBonds(device: Device, picture: Picture): void {
  const { gl, data } = device;
  const { bonds, view, theme } = picture;
  if (!bonds) return;
  const program = device.programs.bonds;
  const spatial = picture.box.dimension === 3;
  prepare(program, picture);
  device.bind(program, { uParticles: data.particles, uBonds: data.bonds, uStarts: data.starts });
  program.float("uSaturation", view.bondSaturation);
  program.float("uExponent", EXPONENT);
  program.float("uWidth", spatial ? 0.2 : BOND_WIDTH);
  program.float("uBlend", spatial ? 0 : 1);
  program.float("uDark", ...rgb(theme.shade));
  program.float("uPositive", ...rgb(theme.positive));
  program.float("uNegative", ...rgb(theme.negative));
  // Ascending by magnitude: the strongest come last.
  const most = picture.coarse ? Math.min(bonds.count, COARSE_BONDS) : bonds.count;
  const least = Math.max(view.bondThreshold, view.bondSaturation * faintest(picture) ** (1 / EXPONENT));
  const first = Math.max(firstAbove(bonds, least), bonds.count - most);
  gl.drawArrays(gl.TRIANGLES, 6 * first, 6 * (bonds.count - first));
}

function drawArrows(device: Device, picture: Picture): void {
  const { gl, data } = device;
  const { view, theme } = picture;
  const program = device.programs.arrows;
  prepare(program, picture);
  device.bind(program, { uParticles: data.particles, uVectors: data.vectors });
  program.float("uSaturation", view.arrowSaturation);
  program.float("uLength", view.arrowLength);
  program.float("uLog", view.arrowLog ? 1 : 0);
  program.float("uColour", ...rgb(theme.arrow));
  gl.drawArrays(gl.TRIANGLES, 0, 9 * picture.arrows);
}

/** The heat map of the box, in 3D the layer of bins in the middle of the slab. */
function drawField(device: Device, picture: Picture): void {
  const { gl, data, palettes } = device;
  const { field, view, box } = picture;
  if (!field || field.counts.length !== box.dimension) return;
  const program = device.programs.field;
  prepare(program, picture);
  device.bind(program, { uField: data.field, uPalette: palettes.heat });
  const [nx, ny, nz] = field.counts as [number, number, number?];
  const spatial = nz !== undefined;
  const layer = spatial ? Math.floor(fraction(view.slabCentre + field.shift[2]) * nz) % nz : 0;
  program.mat3("uVectors", transposed(edges(box)));
  program.float("uPlane", 2, spatial ? view.slabCentre : 0, 0);
  program.ints("uBins", nx, ny, layer * nx * ny);
  program.ints("uStride", 1, nx);
  program.float("uShift", field.shift[0], field.shift[1]);
  program.float("uHeat", Math.min(1, field.decades / GLOW_DECADES));
  program.float("uGlow", ...rgb(picture.theme.glow));
  program.float("uSmooth", view.fieldSmooth ? 1 : 0);
  program.float("uAlpha", spatial ? 0.62 : 1);
  gl.drawArrays(gl.TRIANGLES, 0, 6);
}

/** How much of what lies behind a surface it hides, by its place in the list: the outermost first. */
const SURFACE_OPACITY = [0.2, 0.5];

/** The innermost first, as they are seen through each other. */
function drawSurfaces(device: Device, picture: Picture): void {
  const { gl, data } = device;
  const { field, box, theme } = picture;
  const surfaces = field?.surfaces ?? [];
  const program = device.programs.surface;
  prepare(program, picture);
  device.bind(program, { uSurface: data.surface });
  program.mat3("uVectors", transposed(edges(box)));
  const heat = Math.min(1, (field?.decades ?? 0) / GLOW_DECADES);
  const firsts: number[] = [];
  surfaces.reduce((at, { vertices }) => {
    firsts.push(at);
    return at + vertices.length / 6;
  }, 0);
  for (let k = surfaces.length - 1; k >= 0; k--) {
    const stops = theme.heat;
    const cold = rgb(stops[Math.round(surfaces[k].level * (stops.length - 1))]);
    const glow = rgb(theme.glow);
    program.float("uColour", ...(cold.map((c, a) => c + heat * (glow[a] - c)) as unknown as Rgb));
    program.float("uAlpha", SURFACE_OPACITY[k] ?? 0.5);
    gl.drawArrays(gl.TRIANGLES, firsts[k], surfaces[k].vertices.length / 6);
  }
}

function drawOutline(device: Device, picture: Picture): void {
  const { gl } = device;
  const program = device.programs.outline;
  const count = picture.box.dimension === 3 ? 12 : 4;
  prepare(program, picture);
  program.mat3("uVectors", transposed(edges(picture.box)));
  program.int("uEdges", count);
  program.float("uThickness", 1.25);
  program.float("uColour", ...(rgb(picture.theme.outline) as Rgb));
  gl.drawArrays(gl.TRIANGLES, 0, 6 * count);
}
