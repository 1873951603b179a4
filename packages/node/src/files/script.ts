import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** Where potentials are looked for beside a script's folder and the current one: LAMMPS's own variable, and softfield's. */
const VARIABLES = ["LAMMPS_POTENTIALS", "SOFTFIELD_POTENTIALS"];

/** The path of a file that a script in a folder names, or undefined where there is none. */
export function pathInScript(name: string, folder: string): string | undefined {
  const further = VARIABLES.flatMap((variable) => (process.env[variable] ?? "").split(delimiter)).filter(
    Boolean,
  );
  const paths = [folder, ".", ...further].map((place) => resolve(place, name));
  return paths.find((path) => existsSync(path) && statSync(path).isFile());
}

/** The contents of a file that a script in a folder names, unpacked. */
export function scriptFile(name: string, folder: string): Uint8Array | undefined {
  const path = pathInScript(name, folder);
  return path === undefined ? undefined : unpacked(readFileSync(path));
}

/** The bytes of a file, of one that gzip has packed those within. */
export function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
