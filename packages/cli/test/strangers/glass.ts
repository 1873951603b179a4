import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readSnapshot, type Snapshot } from "softfield";
import { formats } from "softfield/formats";

/** A glass as other people's programs write it. */
export interface Stranger {
  readonly name: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly model: "3dkablj" | "2dipl";
  /** Options that the refusal of the bare command names, and a piece of it. */
  readonly way?: { readonly refusal: string; readonly options: readonly string[] };
  /** What the command says beside. */
  readonly said?: string;
}

/** A file that is refused: why, and the way out. */
export interface Refused {
  readonly name: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly message: string;
}

const reference = (model: string) =>
  fileURLToPath(new URL(`../../../../examples/reference/${model}_400.extxyz`, import.meta.url));
export const glasses = {
  "3dkablj": readSnapshot(readFileSync(reference("3dkablj")), { source: "ka" }),
  "2dipl": readSnapshot(readFileSync(reference("2dipl")), { source: "ipl" }),
};

export const ka = glasses["3dkablj"];
export const L = ka.box.vectors[0];
export const name = (p: number, { species }: Snapshot = ka) => species!.names[species!.index[p]];
export const type = (p: number) => (name(p) === "A" ? 1 : 2);
export const x = (p: number) => Array.from(ka.positions.subarray(3 * p, 3 * p + 3));
export const wrapped = (v: number) => v - L * Math.floor(v / L);
export const unit = (p: number) => x(p).map((v) => wrapped(v) / L);
/** A row for each particle. */
export const rows = (of: (p: number) => readonly (string | number)[], separator = " ") =>
  Array.from({ length: ka.count }, (_, p) => of(p).join(separator));
export const text = (...parts: readonly (string | readonly string[])[]) => `${parts.flat().join("\n")}\n`;
export const digits = (values: readonly number[], count: number) => values.map((v) => v.toPrecision(count));
/** Sorted by species, as POSCAR and others want it. */
export const order = [1, 2].flatMap((t) =>
  Array.from({ length: ka.count }, (_, p) => p).filter((p) => type(p) === t),
);
export const counts = [1, 2].map((t) => order.filter((p) => type(p) === t).length);
/** Turned by 0.3 about z: general triclinic. */
const [COS, SIN] = [Math.cos(0.3), Math.sin(0.3)];
export const turned = ([a, b, c]: readonly number[]) => [COS * a - SIN * b, SIN * a + COS * b, c];
export const bounds = [`0 ${L}`, `0 ${L}`, `0 ${L}`];
export const written = (file: string) =>
  Buffer.concat([...formats.writerOf(file)!.write(ka)].map((piece) => Buffer.from(piece)));

export const all = Array.from({ length: ka.count }, (_, p) => p);
