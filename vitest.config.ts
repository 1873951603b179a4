import { defineConfig } from "vitest/config";
import { NotRun } from "./testing/notrun.ts";

// processes and threads that the tests start inherit it
if (!process.features.typescript) {
  const hooks = new URL("./testing/typescript.mjs", import.meta.url);
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --import=${hooks}`;
}

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
