import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { campaignJsonSchema } from "../../campaign/src/index.ts";
import { registry } from "../src/shell/registry.ts";

test("the published schema is the one that is checked", () => {
  const file = new URL("../campaign.schema.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(
    JSON.parse(JSON.stringify(campaignJsonSchema(registry.sections))),
  );
});
