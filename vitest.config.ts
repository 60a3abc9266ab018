import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // The published bundles bind `#module` to one entry each; the tests run on the node one.
    alias: { '#module': fileURLToPath(new URL('./ts/entry/node.ts', import.meta.url)) },
  },
  test: {
    include: ['tests/js/**/*.test.ts', 'tests/hub/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
