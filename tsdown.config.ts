import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig, type UserConfigExport } from 'tsdown';

/** One bundle for each host: the same code, with the modules of wasm bound to how that host gets them. */
function bundle(entry: Record<string, string>, host: string, more: UserConfig = {}): UserConfig {
  return {
    entry,
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2022',
    outDir: 'dist',
    clean: false,
    dts: { oxc: true },
    plugins: [bindModules(host)],
    outExtensions: ({ format }) =>
      format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.js', dts: '.d.ts' },
    logLevel: 'warn',
    ...more,
  };
}

const BOUND: ReadonlySet<string> = new Set([
  '#module',
  '#facts',
  '#memory',
  '#verdict',
  '#readers',
  '#more-readers',
  '#repository',
  '#catalog',
  '#catalog-scalar',
  '#catalog-search',
  '#catalog-search-scalar',
  '#catalog-build',
]);

function bindModules(host: string): UserConfig['plugins'] {
  const file = (kind: string): string =>
    fileURLToPath(new URL(`./ts/entry/${host}-${kind}.ts`, import.meta.url));
  return {
    name: 'bind-modules',
    resolveId: {
      order: 'pre',
      handler(id: string) {
        if (BOUND.has(id)) return file(id.slice(1));
        // The wasm stays a file of its own beside the bundle.
        const wasm = /([\w-]+)_bg\.wasm$/.exec(id)?.[1];
        return wasm ? { id: `./${wasm}.wasm`, external: true } : undefined;
      },
    },
  };
}

const config: UserConfigExport = defineConfig([
  bundle({ index: 'ts/index.ts', catalog: 'ts/catalog.ts' }, 'inline'),
  bundle({ workerd: 'ts/index.ts', 'catalog-workerd': 'ts/catalog.ts' }, 'workerd', {
    format: ['esm'],
  }),
  bundle({ node: 'ts/node.ts' }, 'node', { platform: 'node', shims: true }),
  bundle({ slim: 'ts/slim.ts' }, 'slim'),
  bundle({ cache: 'ts/cache.ts' }, 'slim'),
  bundle({ 'folder-cache': 'ts/node/folder-cache.ts' }, 'slim', { platform: 'node' }),
  bundle({ cli: 'ts/cli/main.ts' }, 'node', {
    platform: 'node',
    format: ['esm'],
    dts: false,
    // The command line carries its libraries, so that the package depends on none.
    inlineOnly: false,
  }),
]);

export default config;
