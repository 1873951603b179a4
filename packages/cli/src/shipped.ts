import { fileURLToPath } from "node:url";

/** Path of a file that comes with softfield, in its package as in a checkout: three folders above src and dist. */
export function shippedFile(name: string): string {
  return fileURLToPath(new URL(`../../../${name}`, import.meta.url));
}
