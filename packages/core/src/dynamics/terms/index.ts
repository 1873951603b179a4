/** Terms of a force field: a further one is a file and a line here. Their order is that of the sums. */
import { bondOrderTerm } from "./bondorders.ts";
import { embeddingTerm } from "./embeddings.ts";
import { pairTerm } from "./pairs.ts";
import type { FieldParts, KernelTerm } from "./term.ts";
import { threeBodyTerm } from "./threebody.ts";

export { mixedRow, pairKernel } from "./pairs.ts";
export type { FieldParts, KernelTerm } from "./term.ts";

/** All terms of the field's model. */
export function termsOf(parts: FieldParts): readonly KernelTerm[] {
  return [pairTerm, threeBodyTerm, embeddingTerm, bondOrderTerm].flatMap((source) => source(parts) ?? []);
}
