import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { Answer } from '../generated/core.d.ts';
import { abortable } from './abortable.ts';
import type { Clock } from './clock.ts';
import type { HubOptions } from './hub-options.ts';
import type { OutgoingRequest } from './send-request.ts';

/** Requests that the Hub counts together: they go one after the other, as fast as its rate limit allows. */
export class Lane {
  /** What the core knows of the rate limit. */
  readonly pace: Float64Array;
  /** The last that waits for its turn. */
  queue: Promise<void> = Promise.resolve();

  constructor(path: string, authenticated: boolean) {
    this.pace = callCore((core) => core.assumed_pace(path, authenticated));
  }

  hear(answer: Answer, now: number, { type, url }: Response): void {
    // Across origins browsers hide the limits; after a redirect the answer may be another server's.
    const readable = type !== 'cors' && (url === '' || url === answer.url);
    callCore((core) => core.hear_pace(this.pace, now, toJson('answer', answer), readable));
  }
}

/** The lanes of all calls that go by the same clock: whoever asks the same Hub shares its limits. */
const LANES = new WeakMap<Clock, Map<string, Lane>>();

export function laneOf(
  { url, base }: OutgoingRequest,
  { accessToken }: HubOptions,
  clock: Clock,
): Lane {
  const path = url.slice(base.length).split('?')[0] ?? '';
  const kind = /\/(resolve|raw)\//.test(path) ? 'resolvers' : path.startsWith('/api/') ? 'api' : '';
  const name = [base, accessToken, kind].join(' ');
  const lanes = LANES.get(clock) ?? new Map<string, Lane>();
  LANES.set(clock, lanes);
  const lane = lanes.get(name) ?? new Lane(path, Boolean(accessToken));
  lanes.set(name, lane);
  return lane;
}

/** Waits until a request may be sent, and counts it. */
export async function takeTurn(lane: Lane, options: HubOptions, clock: Clock): Promise<void> {
  options.signal?.throwIfAborted();
  const mine = lane.queue.then(() => waitForTurn(lane, options, clock));
  // Whoever gives up leaves the others their turns.
  lane.queue = mine.catch(() => undefined);
  await abortable(mine, options.signal);
}

async function waitForTurn(lane: Lane, options: HubOptions, clock: Clock): Promise<void> {
  const { signal, onTraffic, budget = 0.9, deadline = DEADLINE } = options;
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    const now = clock.now();
    const waiting = callCore((core) => core.take_turn(lane.pace, now, budget));
    if (waiting > 0 || waited) onTraffic?.({ requests: 0, bytes: 0, waiting });
    if (waiting <= 0) return;
    if (waiting > deadline) throw usedUp(waiting);
    await clock.sleep(waiting, signal);
  }
}

/** A little more than a window of the Hub's rate limits, in milliseconds. */
export const DEADLINE = 360_000;

/** Not asked, since the Hub would refuse. */
function usedUp(waiting: number): HubfitError {
  const retryAfter = Math.ceil(waiting / 1000);
  const message = `the hub's rate limit is used up; try again in ${retryAfter} s, or allow a longer deadline`;
  return new HubfitError('rate_limited', message, { retryAfter });
}
