import { SoftfieldError } from "../errors.ts";

/**
 * What `find` finds of how energies answer to strain, or why that is not known: a factor too large for its derivative to
 * stand beside it. Other errors are thrown on.
 */
export function whereDerivable<Found>(find: () => Found): { readonly found?: Found; readonly why?: string } {
  try {
    return { found: find() };
  } catch (error) {
    if (error instanceof SoftfieldError && error.code === "resource") return { why: error.message };
    throw error;
  }
}
