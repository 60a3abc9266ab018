import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  resolve: {
    // The published bundles bind each module of wasm to one host; the tests run on the inline one.
    alias: {
      '#module': fileURLToPath(new URL('./ts/entry/inline-module.ts', import.meta.url)),
      '#facts': fileURLToPath(new URL('./ts/entry/inline-facts.ts', import.meta.url)),
      '#memory': fileURLToPath(new URL('./ts/entry/inline-memory.ts', import.meta.url)),
      '#verdict': fileURLToPath(new URL('./ts/entry/inline-verdict.ts', import.meta.url)),
      '#readers': fileURLToPath(new URL('./ts/entry/inline-readers.ts', import.meta.url)),
      '#more-readers': fileURLToPath(new URL('./ts/entry/inline-more-readers.ts', import.meta.url)),
      '#repository': fileURLToPath(new URL('./ts/entry/inline-repository.ts', import.meta.url)),
      '#catalog': fileURLToPath(new URL('./ts/entry/inline-catalog.ts', import.meta.url)),
      '#catalog-scalar': fileURLToPath(
        new URL('./ts/entry/inline-catalog-scalar.ts', import.meta.url),
      ),
      '#catalog-search': fileURLToPath(
        new URL('./ts/entry/inline-catalog-search.ts', import.meta.url),
      ),
      '#catalog-search-scalar': fileURLToPath(
        new URL('./ts/entry/inline-catalog-search-scalar.ts', import.meta.url),
      ),
      '#catalog-build': fileURLToPath(
        new URL('./ts/entry/inline-catalog-build.ts', import.meta.url),
      ),
      hubfit: fileURLToPath(new URL('./ts/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['tests/js/**/*.test.ts', 'tests/hub/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default config;
