// Writes the JSON Schema of campaign files from its source; a test holds the two together. Afterwards: npm run format.
import { writeFileSync } from "node:fs";
import { campaignJsonSchema } from "@softfield/campaign";
import { registry } from "../src/shell/registry.ts";

const file = new URL("../campaign.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(campaignJsonSchema(registry.sections), null, 2)}\n`);
