import { fileURLToPath } from 'node:url';

// The tools are installed in the folder above, as in a workspace.
const workspace = fileURLToPath(new URL('..', import.meta.url));
const exported = process.env.NEXT_OUTPUT === 'export';

export default {
  ...(exported && { output: 'export' }),
  // A static export can have no route that answers requests.
  pageExtensions: exported ? ['tsx'] : ['tsx', 'server.ts'],
  turbopack: { root: workspace },
  outputFileTracingRoot: workspace,
};
