import { inputError } from "./cursor.ts";
import type { FrameRequest } from "./format.ts";
import { decimalNumber } from "./numbers.ts";
import { noSuchFrame } from "./particles.ts";
import { namedSpecies, snapshotOf } from "./snapshot-of.ts";
import type { ParticleColumn, Snapshot } from "./types.ts";

/** Whether a text begins as an XML file of HOOMD-blue (before 2.0) or GALAMOST. */
export function looksLikeHoomdXml(text: string): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?<(hoomd|galamost)_xml[\s>]/.test(withoutComments(text));
}

/** The text without its comments; one that is not closed goes on to the end. Time linear in the text's length. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf("<!--", from);
    kept.push(text.slice(from, open < 0 ? undefined : open));
    if (open < 0) break;
    const close = text.indexOf("-->", open);
    from = close < 0 ? text.length : close + 3;
  }
  return kept.join("");
}

/**
 * Reads the XML of HOOMD-blue: box (xy, xz, yz are factors of the edges), position, type, diameter, velocity, mass; other
 * elements are passed over. The box is centred on the origin.
 */
export function readHoomdXml(bytes: Uint8Array, request: FrameRequest): Snapshot {
  const { source } = request;
  if (request.frame !== 0) throw noSuchFrame(source, request.frame, 1);
  const text = withoutComments(new TextDecoder("utf-8").decode(bytes));
  if (!/<\/configuration>\s*<\/(hoomd|galamost)_xml>\s*$/.test(text)) {
    throw inputError(source, "the file ends before </configuration>: it is truncated, copy it again.");
  }
  const fail = (field: string, message: string) => inputError(source, `${field}: ${message}`, { field });
  const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(`<${tag}\\b[^>]*?\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(text)?.[1];
  const words = (tag: string): string[] | undefined => {
    const found = new RegExp(`<${tag}(?:\\s[^>]*)?>([^<]*)</${tag}>`).exec(text);
    const list = found?.[1].split(/\s+/).filter((word) => word !== "");
    const announced = attribute(tag, "num");
    if (list && announced !== undefined && list.length % Math.max(1, Number(announced)) !== 0)
      throw fail(tag, `${list.length} values for num = ${announced}.`);
    return list;
  };
  const numbers = (tag: string, given: readonly string[] | undefined): Float64Array | undefined =>
    given && Float64Array.from(given, (word) => numberOf(word) ?? failed(fail, tag, word));
  const edge = (name: string, missing?: number): number => {
    const value = attribute("box", name);
    const number = value === undefined ? missing : numberOf(value);
    if (number === undefined || !Number.isFinite(number))
      throw fail("box", `${name} is ${value === undefined ? "missing" : `"${value}", not a number`}.`);
    return number;
  };
  const dimension = Number(attribute("configuration", "dimensions") ?? 3);
  if (dimension !== 2 && dimension !== 3) throw fail("dimensions", `"${dimension}" is neither 2 nor 3.`);
  const [lx, ly, lz] = [edge("lx"), edge("ly"), edge("lz", dimension === 2 ? 1 : undefined)];
  const [xy, xz, yz] = [edge("xy", 0), edge("xz", 0), edge("yz", 0)];
  const vectors = [lx, 0, 0, xy * ly, ly, 0, xz * lz, yz * lz, lz];
  const written = words("position");
  const positions = numbers("position", written);
  if (!positions || positions.length % 3 !== 0)
    throw fail("position", positions ? "its values are not three a particle." : "is missing.");
  const count = positions.length / 3;
  const columns = new Map<string, ParticleColumn>();
  for (const tag of ["diameter", "mass", "charge"]) {
    const values = numbers(tag, words(tag));
    if (values && values.length !== count) throw fail(tag, `${values.length} values for ${count} particles.`);
    if (values) columns.set(tag, { width: 1, values });
  }
  const types = words("type");
  if (types && types.length !== count) throw fail("type", `${types.length} types for ${count} particles.`);
  const step = Number(attribute("configuration", "time_step") ?? Number.NaN);
  return snapshotOf(request, {
    format: "hoomd-xml",
    dimension: 3,
    vectors,
    origin: [0, 1, 2].map((c) => -(vectors[c] + vectors[3 + c] + vectors[6 + c]) / 2),
    periodic: [true, true, dimension === 3],
    positions,
    species: types && namedSpecies(types),
    velocities: numbers("velocity", words("velocity")),
    columns,
    timestep: Number.isSafeInteger(step) ? step : undefined,
    digits: Math.max(...(written ?? []).slice(0, 300).map((word) => digitsOf(word)), 0),
  });
}

function numberOf(word: string): number | undefined {
  const value = decimalNumber(word);
  return Number.isNaN(value) && !/nan/i.test(word) ? undefined : value;
}

function failed(fail: (field: string, message: string) => Error, tag: string, word: string): never {
  throw fail(tag, `"${word.slice(0, 40)}" is not a number.`);
}

/** Significant digits of a decimal number. */
function digitsOf(word: string): number {
  return word
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "").length;
}
