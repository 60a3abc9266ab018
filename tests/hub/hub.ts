// A local server that answers as the Hugging Face Hub does, for tests: see README.md.

import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { addCdnRoutes } from './cdn.ts';
import { DEFAULT_TOKENS, type HubContext, type HubOptions } from './context.ts';
import { preflight } from './cors.ts';
import type { HubEnv } from './env.ts';
import { Faults } from './faults.ts';
import { commonHeaders, etags, faulty, logging, rateLimited } from './middleware.ts';
import { RateLimits } from './rate-limit.ts';
import { dispatch } from './routes.ts';
import { sampleRows } from './sample.ts';
import { Store } from './store.ts';
import type { LoggedRequest } from './types.ts';

export { type HubOptions, TOKENS } from './context.ts';
export { EXPOSED_HEADERS } from './cors.ts';
export { FAULTS, type Fault, type FaultName } from './faults.ts';
export type { RateLimits } from './rate-limit.ts';
export type * from './types.ts';

export interface LocalHub {
  /** The Hub's origin, without a slash at the end. */
  url: string;
  /** The origin that LFS files are redirected to. */
  cdnUrl: string;
  faults: Faults;
  rateLimits: RateLimits;
  /** Every request so far, to both origins. */
  requests: LoggedRequest[];
  /** A new commit with the same files; the former one stays. */
  push(id: string): void;
  stop(): Promise<void>;
}

/** Both servers and their state, without listening. */
export interface HubApps {
  hub: Hono<HubEnv>;
  cdn: Hono<HubEnv>;
  context: HubContext;
}

function contextOf(options: HubOptions): HubContext {
  return {
    options,
    store: new Store({ ...options, rows: options.rows ?? sampleRows() }),
    faults: new Faults(),
    rateLimits: new RateLimits(options.rateLimit, options.now),
    requests: [],
    tokens: { ...DEFAULT_TOKENS, ...options.tokens },
    cdnFiles: new Map(),
    cdnUrl: '',
  };
}

export function createHub(options: HubOptions = {}): HubApps {
  const context = contextOf(options);
  const hub = new Hono<HubEnv>();
  hub.use(logging(context, 'hub'), commonHeaders(context));
  hub.options('*', () => preflight(options.cors ?? {}));
  hub.use(faulty(context), rateLimited(context), etags(context));
  hub.all('*', (c) => dispatch(context, c));
  const cdn = new Hono<HubEnv>();
  cdn.use(logging(context, 'cdn'), faulty(context));
  addCdnRoutes(cdn, context);
  return { hub, cdn, context };
}

interface Listening {
  port: number;
  stop(): Promise<void>;
}

function listen(app: Hono<HubEnv>, hostname: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    // The tests' own Request and Response must stay the platform's.
    const settings = { fetch: app.fetch, hostname, port, overrideGlobalObjects: false };
    const server = serve(settings, (info) =>
      resolve({ port: info.port, stop: () => close(server as Server) }),
    );
    server.on('error', reject);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Clients keep connections open; waiting for them would hold up every test run.
    server.closeAllConnections();
  });
}

/** Starts both servers, on free ports of 127.0.0.1 unless told otherwise. */
export async function startHub(options: HubOptions = {}): Promise<LocalHub> {
  const { hub, cdn, context } = createHub(options);
  const host = options.host ?? '127.0.0.1';
  const cdnServer = await listen(cdn, host, options.cdnPort ?? 0);
  context.cdnUrl = `http://${host}:${cdnServer.port}`;
  const hubServer = await listen(hub, host, options.port ?? 0);
  return {
    url: options.publicUrl ?? `http://${host}:${hubServer.port}`,
    cdnUrl: options.publicCdnUrl ?? context.cdnUrl,
    faults: context.faults,
    rateLimits: context.rateLimits,
    requests: context.requests,
    push: (id) => context.store.push(id),
    stop: async () => {
      await Promise.all([hubServer.stop(), cdnServer.stop()]);
    },
  };
}
