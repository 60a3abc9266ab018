import type { ListQuery, SkippedRow } from '../generated/core.d.ts';
import type { HubOptions } from '../io/hub-options.ts';

/** How a listing is going. */
export interface ListingProgress {
  /** Rows seen. */
  scanned: number;
  /** Rows given. */
  found: number;
  /** Requests answered. */
  requests: number;
}

/** What to list, and how. */
export interface ListingOptions extends Omit<ListQuery, 'pageSize'>, HubOptions {
  /** Rows wanted at most; 100 where left out. */
  limit?: number;
  /** Told of each row that could not be read and was left out. */
  onSkip?: (row: SkippedRow) => void;
  /** Told after each page. */
  onProgress?: (progress: ListingProgress) => void;
}
