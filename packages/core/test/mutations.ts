/** Mutations of files: what happens to them on the way to a program. Seeded; the same everywhere. */

/** What may come of a mutated file, beside a refusal. */
export type Verdict =
  /** It must be read, to the same numbers. */
  | "same"
  /** It may be read, to the same numbers; else it must be refused. */
  | "same or refused"
  /** As that, but for the last digits of one number. */
  | "nearly same or refused"
  /** It must be refused. */
  | "refused"
  /** Nothing can be told of it but that reading ends well or with an error of our own. */
  | "any";

export interface Mutation {
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly verdict: Verdict;
}

/** A file of some format, and where it says how many particles it holds. */
export interface Specimen {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly text: boolean;
  /** Matches the announced number of particles by its first group; absent where the file does not say it. */
  readonly count?: RegExp;
  /** Lines that a whole file may lack, so that nobody misses them. */
  readonly optional?: RegExp;
  /** A checksum guards every byte of the contents. */
  readonly guarded?: boolean;
}

const GARBAGE = [
  "nan",
  "inf",
  "-Infinity",
  "1e999",
  "1.2.3",
  "0x10",
  "*****",
  "1,5",
  "--1",
  "e5",
  "1_000",
  "1.5abc",
];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

/** Numbers from 0 to below 1 by Lehmer's generator. */
export function lehmer(seed: number): () => number {
  let state = (seed * 2654435761) % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** The mutation of a specimen that a number draws. */
export function mutated(specimen: Specimen, others: readonly Specimen[], random: () => number): Mutation {
  const whole = (n: number) => Math.floor(random() * n);
  const { bytes, text } = specimen;
  const kinds = text ? TEXT_KINDS : BINARY_KINDS;
  const kind = kinds[whole(kinds.length)];
  const lines = decode(bytes).split("\n");
  const last = lines.length - 1;
  switch (kind) {
    case "cut off":
      return {
        kind,
        bytes: bytes.subarray(0, whole(bytes.length)),
        verdict: text ? "nearly same or refused" : "refused",
      };
    case "bytes changed": {
      const bent = Uint8Array.from(bytes);
      for (let k = whole(4); k >= 0; k--) bent[whole(bent.length)] = whole(256);
      return { kind, bytes: bent, verdict: specimen.guarded ? "same or refused" : "any" };
    }
    case "a block of zeros": {
      const bent = Uint8Array.from(bytes);
      const at = whole(bent.length);
      bent.fill(0, at, at + 1 + whole(64));
      return {
        kind,
        bytes: bent,
        verdict: text ? "same or refused" : specimen.guarded ? "same or refused" : "any",
      };
    }
    case "a block missing": {
      const at = whole(bytes.length);
      const rest = bytes.subarray(Math.min(bytes.length, at + 1 + whole(64)));
      return { kind, bytes: Uint8Array.from([...bytes.subarray(0, at), ...rest]), verdict: "any" };
    }
    case "another file's end": {
      const other = others[whole(others.length)].bytes;
      const joined = [...bytes.subarray(0, whole(bytes.length)), ...other.subarray(whole(other.length))];
      return { kind, bytes: Uint8Array.from(joined), verdict: "any" };
    }
    case "a line removed": {
      const at = whole(last);
      const verdict = specimen.optional?.test(lines[at]) ? "any" : "same or refused";
      return { kind, bytes: encode(lines.toSpliced(at, 1).join("\n")), verdict };
    }
    case "a line doubled": {
      const at = whole(last);
      return {
        kind,
        bytes: encode(lines.toSpliced(at, 0, lines[at]).join("\n")),
        verdict: "same or refused",
      };
    }
    case "garbage for a number": {
      const places = [...decode(bytes).matchAll(/[^\s=",:<>]+/g)].filter(([token]) => NUMBER.test(token));
      const place = places[whole(places.length)];
      const bad = GARBAGE[whole(GARBAGE.length)];
      const whole_ = decode(bytes);
      const bent = whole_.slice(0, place.index) + bad + whole_.slice(place.index + place[0].length);
      return { kind, bytes: encode(bent), verdict: "same or refused" };
    }
    case "a wrong count": {
      const found = specimen.count?.exec(decode(bytes));
      if (!found) return { kind: "as it is", bytes, verdict: "same" };
      const at = found.index + found[0].indexOf(found[1]);
      const wrong = Math.max(0, Number(found[1]) + [-1, 1, 1000, -Number(found[1])][whole(4)]);
      const bent = decode(bytes).slice(0, at) + wrong + decode(bytes).slice(at + found[1].length);
      return { kind, bytes: encode(bent), verdict: "refused" };
    }
    case "other line ends":
      return { kind, bytes: encode(`${lines.join("\r\n")}\r\n \r\n`), verdict: "same" };
    default:
      return { kind, bytes: encode(`\ufeff${decode(bytes)}`), verdict: "same" };
  }
}

const TEXT_KINDS = [
  "cut off",
  "bytes changed",
  "a block of zeros",
  "a block missing",
  "another file's end",
  "a line removed",
  "a line doubled",
  "garbage for a number",
  "a wrong count",
  "other line ends",
  "a byte-order mark",
] as const;

const BINARY_KINDS = [
  "cut off",
  "bytes changed",
  "a block of zeros",
  "a block missing",
  "another file's end",
] as const;
