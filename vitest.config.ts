import { defineConfig } from "vitest/config";
import { NotRun } from "./testing/notrun.ts";
import "./testing/oldnode.mjs";

if (!process.features.typescript)
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --import=${new URL("./testing/oldnode.mjs", import.meta.url)}`;

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
