import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { NotRun } from "./testing/notrun.ts";
import "./testing/oldnode.mjs";

if (!process.features.typescript)
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --import=${new URL("./testing/oldnode.mjs", import.meta.url)}`;

// Commands started from source strip the types of hundreds of files: Node keeps what it compiled.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url));
// LAMMPS on its own need not look for other processes of MPI, which takes half a second.
process.env.OMPI_MCA_ess_singleton_isolated ??= "1";

export default defineConfig({
  resolve: { conditions: ["softfield-source"] },
  ssr: { resolve: { conditions: ["softfield-source"] } },
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "{testing,validation}/**/*.test.ts"],
    reporters: ["default", new NotRun()],
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
