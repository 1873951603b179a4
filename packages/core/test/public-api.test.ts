import { expect, test } from "vitest";
import * as softfield from "../src/index.ts";

/** The export list is a promise: a change of this snapshot is a change of the public interface, to be reviewed. */
test("what the library exports", async () => {
  await expect(`${Object.keys(softfield).sort().join("\n")}\n`).toMatchFileSnapshot("public-api.txt");
});
