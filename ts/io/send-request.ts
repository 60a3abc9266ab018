import { HubfitError } from '../core/hubfit-error.ts';
import type { Answer } from '../generated/core.d.ts';
import { type Clock, systemClock } from './clock.ts';
import type { HubOptions } from './hub-options.ts';
import { laneOf, takeTurn } from './lane.ts';
import { readAnswer } from './read-answer.ts';
import { checkedLimits, retryWait } from './retry-wait.ts';
import { sendOnce } from './send-once.ts';

/** A request: where it goes, and the name of that place in messages. */
export interface OutgoingRequest {
  url: string;
  base: string;
  headers?: Record<string, string>;
}

/** What came. */
export interface Received {
  response: Response;
  answer: Answer;
}

/**
 * Sends a GET when its turn has come, and again where that may help. `read` throws where the answer is an error
 * or was cut short.
 */
export async function sendRequest<T>(
  request: OutgoingRequest,
  options: HubOptions,
  read: (received: Received) => Promise<T>,
): Promise<T> {
  const { clock = systemClock, signal } = options;
  const limits = checkedLimits(options);
  const lane = laneOf(request, options, clock);
  let [start, faults, failures] = [Number.NaN, 0, 0];
  for (;;) {
    try {
      await takeTurn(lane, options, clock);
      start = Number.isNaN(start) ? clock.now() : start;
      return await sendOnce(request, options, async (response) => {
        const answer = readAnswer(request.url, response, Boolean(options.accessToken));
        lane.hear(answer, clock.now(), response);
        return read({ response, answer });
      });
    } catch (cause) {
      const error = asHubfitError(request.base, cause, signal);
      failures += 1;
      if (error.code !== 'rate_limited') faults += 1;
      const wait = retryWait(error, failures, clock);
      const late = wait === undefined || clock.now() + wait - start > limits.deadline;
      if (late || faults > limits.retries) throw error;
      await pause(wait, options, clock);
    }
  }
}

async function pause(wait: number, { signal, onTraffic }: HubOptions, clock: Clock): Promise<void> {
  onTraffic?.({ requests: 0, bytes: 0, waiting: wait });
  await clock.sleep(wait, signal);
  onTraffic?.({ requests: 0, bytes: 0, waiting: 0 });
}

/** What a person and a program can use, whatever was thrown. */
export function asHubfitError(
  base: string,
  cause: unknown,
  signal: AbortSignal | undefined,
): HubfitError {
  if (signal?.aborted) return new HubfitError('aborted', 'the call was aborted', { cause });
  if (cause instanceof HubfitError) return cause;
  // Node hides the reason in `cause`.
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new HubfitError('network', `no answer from ${base}: ${reason}`, { cause });
}
