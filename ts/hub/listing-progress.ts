import { type Tally, tally } from '../io/hub-progress.ts';
import type {
  ListField,
  ListingOptions,
  ListingProgress,
  ModelRouteField,
} from './listing-options.ts';

/** How a listing is going, from its start. */
export function listingProgress(
  { onProgress, onTraffic }: Pick<ListingOptions<ListField>, 'onProgress' | 'onTraffic'>,
  limit: number,
  perModel: readonly ModelRouteField[] = [],
): Tally<ListingProgress> {
  const total = Number.isFinite(limit) ? limit : undefined;
  const start = { done: 0, total, scanned: 0, requests: 0, bytes: 0, waiting: 0, perModel };
  return tally<ListingProgress>(start, onProgress, onTraffic);
}

/** A page was read. */
export function tellOfPage(
  { sum, tell }: Tally<ListingProgress>,
  scanned: number,
  done: number,
): void {
  sum.scanned += scanned;
  sum.done += done;
  tell();
}
