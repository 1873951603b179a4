import { expect, test } from "vitest";
import { lehmer, mutated } from "../../test/mutations.ts";
import {
  hasPlace,
  POTENTIAL_SPECIMENS,
  potentialComplaint,
  potentialOf,
} from "../../test/potential-specimens.ts";
import { SoftfieldError } from "../errors.ts";

/** A sample; `validation/fuzz-formats.ts` draws ten thousand. */
test.each(POTENTIAL_SPECIMENS.map((specimen) => [specimen.name, specimen] as const))(
  "what happens to %s on its way is seen, or does not matter",
  (name, specimen) => {
    const random = lehmer(3);
    const good = potentialOf(specimen, specimen.bytes);
    for (let k = 0; k < 100; k++) {
      const mutation = mutated(specimen, POTENTIAL_SPECIMENS, random);
      let outcome: string | undefined;
      try {
        outcome = potentialOf(specimen, mutation.bytes);
      } catch (error) {
        if (!(error instanceof SoftfieldError)) throw error;
        expect([k, error.message, hasPlace(error, name)]).toEqual([k, error.message, true]);
      }
      expect([k, mutation.kind, potentialComplaint(mutation, good, outcome)]).toEqual([
        k,
        mutation.kind,
        undefined,
      ]);
    }
  },
);
