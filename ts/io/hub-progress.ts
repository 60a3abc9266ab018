import type { HubTraffic } from './hub-options.ts';

/** How far something is, and what it has cost. */
export interface HubProgress {
  /** Models done. */
  done: number;
  /** Models in all, where that is known. */
  total: number | undefined;
  /** Requests sent. */
  requests: number;
  /** Bytes received. */
  bytes: number;
  /** Milliseconds until the next request may be sent; 0 when nothing waits. */
  waiting: number;
}

/** Progress that adds up by itself what goes over the wire. */
export interface Tally<P extends HubProgress> {
  readonly sum: P;
  onTraffic(traffic: HubTraffic): void;
  tell(): void;
}

/** Adds up what goes over the wire, and tells of each wait. */
export function tally<P extends HubProgress>(
  sum: P,
  onProgress: ((progress: P) => void) | undefined,
  onTraffic: ((traffic: HubTraffic) => void) | undefined,
): Tally<P> {
  const tell = (): void => onProgress?.({ ...sum });
  return {
    sum,
    tell,
    onTraffic(traffic) {
      onTraffic?.(traffic);
      sum.requests += traffic.requests;
      sum.bytes += traffic.bytes;
      const news = sum.waiting !== traffic.waiting;
      sum.waiting = traffic.waiting;
      if (news) tell();
    },
  };
}
