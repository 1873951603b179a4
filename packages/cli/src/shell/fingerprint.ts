import { createHash } from "node:crypto";
import type { System } from "softfield";

/** A text that two configurations share only where they are the same, bit for bit: a checkpoint goes on from its own alone. */
export function fingerprintOf({ box, positions, species, diameters, masses, charges }: System): string {
  const hash = createHash("sha256");
  for (const part of [box.vectors, positions, species, diameters, masses, charges]) {
    if (part) hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    hash.update("|");
  }
  return hash.digest("hex").slice(0, 32);
}
