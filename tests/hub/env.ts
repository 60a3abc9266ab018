// What the middleware of both servers hands on to the routes.

import type { HttpBindings } from '@hono/node-server';
import type { Target } from './types.ts';

export interface HubEnv {
  Bindings: HttpBindings;
  Variables: { target: Target };
}
