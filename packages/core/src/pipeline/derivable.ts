import { OutOfMemory } from "../errors.ts";

/**
 * What `find` finds of how energies answer to strain, or why that is not known: a factor too large for its derivative to
 * stand beside it in memory. Other errors are thrown on, such as of a thread that has died.
 */
export function whereDerivable<Found>(find: () => Found): { readonly found?: Found; readonly why?: string } {
  try {
    return { found: find() };
  } catch (error) {
    if (error instanceof OutOfMemory) return { why: error.message };
    throw error;
  }
}
