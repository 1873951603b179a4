import { readSnapshot, type Snapshot } from "../formats/index.ts";

/** A line of a section of coefficients. */
export interface CoefficientLine {
  readonly words: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** What a script takes from a data file of LAMMPS beside the atoms. */
export interface DataFile {
  readonly name: string;
  readonly typeCount: number;
  /** Type to name: labels, or what stands behind masses or types. */
  readonly names: ReadonlyMap<number, string>;
  /** Names that commands may use in the place of types. */
  readonly labels: ReadonlyMap<number, string>;
  readonly masses: ReadonlyMap<number, number>;
  /** Sections "Pair Coeffs" and "PairIJ Coeffs", with the style behind their #. */
  readonly coefficients: readonly {
    readonly both: boolean;
    readonly style: string | undefined;
    readonly lines: readonly CoefficientLine[];
  }[];
  /** Bonds, angles, … that the header announces. */
  readonly bonded: string | undefined;
  /** The whole configuration, read where it is asked for. */
  snapshot(): Snapshot;
}

const SECTIONS =
  /^(Atoms|Velocities|Masses|Atom Type Labels|Pair Coeffs|PairIJ Coeffs|Bonds|Angles|Dihedrals|Impropers|Ellipsoids|Lines|Triangles|Bodies|[A-Z][A-Za-z]+( [A-Z][A-Za-z]+)* (Coeffs|Labels)|Softfield)$/;

/** Reads header, masses, names and coefficients of a data file; undefined for a text that is none. */
export function dataFileOf(content: Uint8Array | string, name: string): DataFile | undefined {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  const names = new Map<number, string>();
  const labels = new Map<number, string>();
  const masses = new Map<number, number>();
  const coefficients: { both: boolean; style: string | undefined; lines: CoefficientLine[] }[] = [];
  let [typeCount, section, bonded]: [number | undefined, string, string | undefined] = [
    undefined,
    "",
    undefined,
  ];
  let atoms = false;
  let line = 0;
  for (const raw of linesOf(text)) {
    line++;
    if (line === 1) continue;
    const hash = raw.indexOf("#");
    const [body, comment] =
      hash < 0 ? [raw.trim(), ""] : [raw.slice(0, hash).trim(), raw.slice(hash + 1).trim()];
    if (body === "") continue;
    if (SECTIONS.test(body)) {
      section = body;
      const both = body === "PairIJ Coeffs";
      if (both || body === "Pair Coeffs")
        coefficients.push({ both, style: comment.split(/\s+/)[0] || undefined, lines: [] });
      continue;
    }
    const words = body.split(/\s+/);
    if (section === "") {
      if (/^\d+\s+atoms$/.test(body)) atoms = true;
      if (/^\d+\s+atom\s+types$/.test(body)) {
        typeCount = Number(words[0]);
        const named = comment.split(/\s+/).filter(Boolean);
        if (named.length === typeCount) for (const [t, one] of named.entries()) names.set(t + 1, one);
      }
      const kind = /^(\d+)\s+(bonds|angles|dihedrals|impropers)$/.exec(body);
      if (kind && Number(kind[1]) > 0) bonded ??= kind[2];
    } else if (section === "Masses") {
      masses.set(Number(words[0]), Number(words[1]));
      if (/^\S+$/.test(comment)) names.set(Number(words[0]), comment);
    } else if (section === "Atom Type Labels") {
      names.set(Number(words[0]), words[1]);
      labels.set(Number(words[0]), words[1]);
    } else if (section === "Pair Coeffs" || section === "PairIJ Coeffs") {
      coefficients[coefficients.length - 1].lines.push({ words, line });
    }
  }
  if (!atoms || typeCount === undefined) return undefined;
  return {
    name,
    typeCount,
    names,
    labels,
    masses,
    coefficients,
    bonded,
    snapshot: () => readSnapshot(content, { source: name }),
  };
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    yield text.slice(at, end < 0 ? text.length : end).replace(/\r$/, "");
    if (end < 0) return;
    at = end + 1;
  }
}

/** The charge of every type in a data file, or "file" where particles of one type have different ones. */
export function chargesByType(file: DataFile): Map<number, number> | "file" {
  const { columns, types } = file.snapshot();
  const charges = new Map<number, number>();
  const q = columns.get("q")?.values;
  if (q === undefined || types === undefined) return charges;
  for (let a = 0; a < q.length; a++) {
    const known = charges.get(types[a]);
    if (known === undefined) charges.set(types[a], q[a]);
    else if (known !== q[a]) return "file";
  }
  return charges;
}
