// Writes the JSON Schema of model files from its source; a test holds the two together. Afterwards: npm run format.
import { writeFileSync } from "node:fs";
import { modelJsonSchema } from "../src/models/jsonschema.ts";

const file = new URL("../src/models/model.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(modelJsonSchema(), null, 2)}\n`);
