import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { Clock } from './clock.ts';
import type { HubOptions } from './hub-options.ts';
import { DEADLINE } from './lane.ts';

/** Milliseconds before a request that failed is sent again; none where another try would change nothing. */
export function retryWait(error: HubfitError, failures: number, clock: Clock): number | undefined {
  const status = statusOf(error);
  if (status === undefined) return undefined;
  const random = clock.random();
  return callCore((core) => core.retry_wait(status, error.retryAfter, failures, random));
}

/** 0 where no whole answer came: a page that is cut short, or a gateway's own page, says nothing of the Hub. */
function statusOf({ code, status = 0 }: HubfitError): number | undefined {
  if (code === 'network') return 0;
  if (code === 'invalid_response') return status < 400 ? 0 : status;
  return status || undefined;
}

/** How long and how often. */
export interface Limits {
  deadline: number;
  retries: number;
}

/** The limits that options name, checked. */
export function checkedLimits(options: HubOptions): Limits {
  const { retries = 4, deadline = DEADLINE, budget = 0.9, timeout = 30_000, maxAge = 0 } = options;
  refuseUnless(retries >= 0, 'retries', 'a number of at least 0', retries);
  refuseUnless(deadline >= 0, 'deadline', 'milliseconds of at least 0', deadline);
  refuseUnless(timeout > 0, 'timeout', 'milliseconds of more than 0', timeout);
  refuseUnless(maxAge >= 0, 'maxAge', 'seconds of at least 0', maxAge);
  refuseUnless(budget > 0 && budget <= 1, 'budget', 'a share of more than 0, up to 1', budget);
  return { deadline, retries };
}

function refuseUnless(good: boolean, name: string, expected: string, found: unknown): void {
  if (good) return;
  throw new HubfitError('invalid_argument', `${name}: expected ${expected}, found ${found}`);
}
