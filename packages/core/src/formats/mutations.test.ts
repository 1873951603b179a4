import { expect, test } from "vitest";
import { lehmer, mutated } from "../../test/mutations.ts";
import { complaint, SPECIMENS } from "../../test/specimens.ts";
import { SoftfieldError } from "../errors.ts";
import { readSnapshot, type Snapshot } from "./index.ts";

/** A sample; `validation/fuzz-formats.ts` draws ten thousand. */
test.each(SPECIMENS.map((specimen) => [specimen.name, specimen] as const))(
  "what happens to %s on its way is seen, or does not matter",
  (source, specimen) => {
    const random = lehmer(1);
    const good = readSnapshot(specimen.bytes, { source });
    for (let k = 0; k < 100; k++) {
      const mutation = mutated(specimen, SPECIMENS, random);
      let outcome: Snapshot | undefined;
      try {
        outcome = readSnapshot(mutation.bytes, { source });
      } catch (error) {
        if (!(error instanceof SoftfieldError)) throw error;
        expect(error.message).toContain(source);
      }
      expect([k, mutation.kind, complaint(mutation, good, outcome)]).toEqual([k, mutation.kind, undefined]);
    }
  },
);
