// A clock that only waiting moves: five minutes of a rate limit's window take no time.

import type { Clock } from '../../ts/io/clock.ts';

/** Its time can be read and set. */
export interface SimulatedClock extends Clock {
  time: number;
  /** Milliseconds slept in all. */
  slept: number;
}

export function simulatedClock(random: () => number = () => 0.5): SimulatedClock {
  const clock: SimulatedClock = {
    time: 1_800_000_000_000,
    slept: 0,
    now: () => clock.time,
    random,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      // Who sleeps at the same time wakes after the same time: nobody's waiting is added to another's.
      const wake = clock.time + milliseconds;
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      clock.slept += Math.max(0, wake - clock.time);
      clock.time = Math.max(clock.time, wake);
    },
  };
  return clock;
}
