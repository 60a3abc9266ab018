// Trouble on order: the next answers of a route are replaced, delayed, cut short or cut off.

import { tooManyRequests } from './rate-limit.ts';
import type { RouteName, Target } from './types.ts';

export interface Fault {
  /** Default: every route. */
  route?: RouteName | '*';
  /** Only requests whose path and query contain this text. */
  path?: string;
  /** How many requests; default 1. */
  times?: number;
  /** How many matching requests go through before the first one fails. */
  skip?: number;
  status?: number;
  body?: string;
  /** With a status or a body, the answer's headers; alone, added to those of the true answer. */
  headers?: Record<string, string>;
  /** Wait before answering. Alone, it only slows the true answer down. */
  delayMs?: number;
  /** Cut the connection: at once, or after so many bytes of the true answer. */
  cut?: true | number;
  /** End the true body after so many bytes, as if that were all; a share of it when below 1. */
  truncate?: number;
  /** Ends in the middle of what its Content-Length promises. */
  short?: true;
  /** Set to false for a server that sends whole files only. */
  ranges?: false;
  /** Set to false for an answer without CORS headers, as gateways give it. */
  cors?: boolean;
}

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8' };
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

function page(title: string): string {
  return `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

/** Names of the usual troubles. */
export type FaultName =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limit-json'
  | 'rate-limit-html'
  | 'server-error'
  | 'gateway-timeout'
  | 'html-200'
  | 'truncated-json'
  | 'empty-body'
  | 'connection-cut'
  | 'body-cut'
  | 'wrong-length'
  | 'no-ranges'
  | 'expired'
  | 'slow';

export const FAULTS: Record<FaultName, Fault> = {
  unauthorized: {
    status: 401,
    body: '{"error":"Invalid username or password."}',
    headers: { ...JSON_TYPE, 'X-Error-Message': 'Invalid username or password.' },
  },
  forbidden: {
    status: 403,
    body: '{"error":"Forbidden"}',
    headers: { ...JSON_TYPE, 'X-Error-Message': 'Forbidden' },
  },
  'not-found': {
    status: 404,
    body: '{"error":"Repository not found"}',
    headers: { ...JSON_TYPE, 'X-Error-Code': 'RepoNotFound' },
  },
  'rate-limit-json': { status: 429, headers: JSON_TYPE },
  'rate-limit-html': { status: 429, headers: HTML },
  'server-error': { status: 500, body: '{"error":"Internal Error"}', headers: JSON_TYPE },
  'gateway-timeout': { status: 504, body: page('504 Gateway Time-out'), headers: HTML },
  'html-200': { status: 200, body: page('Hugging Face'), headers: HTML },
  'truncated-json': { truncate: 0.5 },
  'empty-body': { status: 200, body: '', headers: JSON_TYPE },
  'connection-cut': { cut: true },
  'body-cut': { cut: 64 },
  'wrong-length': { short: true },
  'no-ranges': { ranges: false },
  expired: { route: 'cdn', status: 403, body: 'Access denied' },
  slow: { delayMs: 1000 },
};

interface Armed extends Fault {
  left: number;
  toSkip: number;
}

export class Faults {
  #armed: Armed[] = [];
  #regular: Fault[] = [];
  #interval = 0;
  #requests = 0;

  /** Arms a fault, by name or spelt out. Several are used up in the order they were added. */
  add(fault: Fault | FaultName, more: Fault = {}): void {
    const named: Fault = typeof fault === 'string' ? FAULTS[fault] : fault;
    const merged = { ...named, ...more };
    this.#armed.push({ ...merged, left: merged.times ?? 1, toSkip: merged.skip ?? 0 });
  }

  clear(): void {
    this.#armed = [];
    this.#regular = [];
  }

  /** Spoils every so many requests of those that a fault is for, each time by the next of them. */
  every(requests: number, faults: readonly (Fault | FaultName)[]): void {
    this.#regular = faults.map((fault) => (typeof fault === 'string' ? FAULTS[fault] : fault));
    this.#interval = requests;
  }

  #next({ route }: Target): Fault | undefined {
    if (this.#regular.length === 0) return undefined;
    this.#requests += 1;
    if (this.#requests < this.#interval) return undefined;
    const place = this.#regular.findIndex((fault) => [undefined, '*', route].includes(fault.route));
    const [fault] = place < 0 ? [] : this.#regular.splice(place, 1);
    if (!fault) return undefined;
    this.#requests = 0;
    this.#regular.push(fault);
    return fault;
  }

  get pending(): number {
    return this.#armed.reduce((sum, { left }) => sum + left, 0);
  }

  /** The fault for this request, which is thereby used up. */
  take(target: Target, pathAndQuery: string): Fault | undefined {
    for (const fault of this.#armed) {
      const here = fault.route === undefined || fault.route === '*' || fault.route === target.route;
      if (!here || (fault.path !== undefined && !pathAndQuery.includes(fault.path))) continue;
      if (fault.toSkip > 0) {
        fault.toSkip -= 1;
        continue;
      }
      fault.left -= 1;
      this.#armed = this.#armed.filter(({ left }) => left > 0);
      return fault;
    }
    return this.#next(target);
  }
}

/** The answer that stands for the true one, if the fault has any. */
export function faultAnswer({ status, body, headers }: Fault): Response | undefined {
  if (status === undefined && body === undefined) return undefined;
  if (status === 429 && body === undefined) {
    const html = headers?.['Content-Type']?.includes('html') ?? false;
    const answer = tooManyRequests(html ? 'html' : 'json');
    for (const [name, value] of Object.entries(headers ?? {})) answer.headers.set(name, value);
    return answer;
  }
  return new Response(body ?? '', { status: status ?? 200, headers: headers ?? PLAIN });
}

export async function truncated(response: Response, amount: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const length = amount < 1 ? Math.floor(bytes.length * amount) : amount;
  const headers = new Headers(response.headers);
  headers.delete('Content-Length');
  return new Response(bytes.slice(0, length), { status: response.status, headers });
}
