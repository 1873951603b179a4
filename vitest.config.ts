import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["softfield-source"] },
  ssr: { resolve: { conditions: ["softfield-source"] } },
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "validation/**/*.test.ts"],
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
