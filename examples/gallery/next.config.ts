import { join } from 'node:path';
import type { NextConfig } from 'next';
import { BASE } from './lib/site';

const config: NextConfig = {
  output: 'export',
  basePath: BASE,
  trailingSlash: true,
  // `hubfit` may be a link to the repository's root, which must then be inside what the bundler sees.
  turbopack: { root: join(import.meta.dirname, '../..') },
};

export default config;
