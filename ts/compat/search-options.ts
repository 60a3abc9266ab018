import type { ListingOptions, ListRouteField } from '../hub/listing-options.ts';
import type { Target } from './target.ts';

/** What to list, and what it must be compatible with. */
export interface SearchOptions extends Omit<ListingOptions<ListRouteField>, 'concurrency'> {
  /** The reference worker where left out. */
  target?: Target;
  /** Rows to look through at most; ten times `limit`, and at least 1,000, where left out. */
  maxScanned?: number;
}
