// `npm pack` in a workspace: README and LICENSE of the house go with it (prepack puts them there, postpack --undo takes
// them away). The package for users is made by package.mjs.
import { copyFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
for (const file of ["README.md", "LICENSE"])
  if (process.argv.includes("--undo")) rmSync(join(process.cwd(), file), { force: true });
  else copyFileSync(join(root, file), join(process.cwd(), file));
