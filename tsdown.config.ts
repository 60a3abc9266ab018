import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig, type UserConfigExport } from 'tsdown';

/** One bundle for each host: the same code, with `#module` bound to how that host gets the wasm. */
function bundle(name: string, source: string, module: string, more: UserConfig = {}): UserConfig {
  return {
    entry: { [name]: source },
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2022',
    outDir: 'dist',
    clean: false,
    dts: { oxc: true },
    plugins: [bindModule(module)],
    outExtensions: ({ format }) =>
      format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.js', dts: '.d.ts' },
    logLevel: 'warn',
    ...more,
  };
}

function bindModule(module: string): UserConfig['plugins'] {
  const file = fileURLToPath(new URL(`./ts/entry/${module}.ts`, import.meta.url));
  return {
    name: 'bind-module',
    resolveId: {
      order: 'pre',
      handler(id: string) {
        if (id === '#module') return file;
        // The wasm stays a file of its own beside the bundle.
        return id.endsWith('.wasm') ? { id: './hubfit.wasm', external: true } : undefined;
      },
    },
  };
}

const config: UserConfigExport = defineConfig([
  bundle('index', 'ts/index.ts', 'inline-module'),
  bundle('workerd', 'ts/index.ts', 'workerd-module', { format: ['esm'] }),
  bundle('node', 'ts/index.ts', 'node-module', { platform: 'node', shims: true }),
  bundle('slim', 'ts/slim.ts', 'slim-module'),
  bundle('cli', 'ts/cli/main.ts', 'node-module', {
    platform: 'node',
    format: ['esm'],
    dts: false,
    // The command line carries its libraries, so that the package depends on none.
    inlineOnly: false,
  }),
]);

export default config;
