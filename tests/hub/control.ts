// Faults, rate limits and the request log over HTTP, for tests that run in another process.

import type { HubContext } from './context.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';
import type { BucketName, BucketSettings } from './rate-limit.ts';

function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(FAULTS, name);
}

async function addFault({ faults }: HubContext, request: Request): Promise<Response> {
  const { name, ...fault } = (await request.json()) as Fault & { name?: string };
  if (name !== undefined && !isFaultName(name)) {
    return Response.json({ error: `unknown fault ${name}` }, { status: 400 });
  }
  faults.add(name ?? fault, name ? fault : {});
  return Response.json({ pending: faults.pending });
}

async function setRateLimit({ rateLimits }: HubContext, request: Request): Promise<Response> {
  const { bucket, answer, ...settings } = (await request.json()) as BucketSettings & {
    bucket: BucketName;
    answer?: 'json' | 'html';
  };
  rateLimits.answer = answer ?? rateLimits.answer;
  rateLimits.set(bucket, settings);
  return Response.json({ bucket });
}

/** `/.local/faults`, `/.local/rate-limit` and `/.local/requests`; DELETE empties. */
export async function control(
  context: HubContext,
  what: string | undefined,
  request: Request,
): Promise<Response> {
  const { method } = request;
  if (what === 'faults' && method === 'POST') return addFault(context, request);
  if (what === 'rate-limit' && method === 'POST') return setRateLimit(context, request);
  if (what === 'faults' && method === 'DELETE') context.faults.clear();
  else if (what === 'requests' && method === 'DELETE') context.requests.length = 0;
  else if (what === 'requests' && method === 'GET') return Response.json(context.requests);
  else return new Response('Not Found', { status: 404 });
  return Response.json({ done: true });
}
