import type { WorkerProfile } from 'hubfit';
import { type Filters, parseFilters, writeFilters } from './filters';
import { parseWorker, writeWorker } from './worker';

/** All that the URL says. */
export interface GalleryState {
  filters: Filters;
  worker: WorkerProfile;
}

/** The state behind `location.search`. */
export function parseState(search: string): GalleryState {
  const query = new URLSearchParams(search);
  return { filters: parseFilters(query), worker: parseWorker(query) };
}

/** The `location.search` of a state: empty where nothing is set. */
export function formatState({ filters, worker }: GalleryState): string {
  const query = new URLSearchParams();
  writeFilters(query, filters);
  writeWorker(query, worker);
  return query.size > 0 ? `?${query}` : '';
}
