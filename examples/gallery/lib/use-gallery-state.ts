'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Filters } from './filters';
import { formatState, type GalleryState, parseState } from './gallery-state';
import { type Change, noQuery, readQuery, subscribeQuery, writeQuery } from './query-store';

/** Changes part of the state; `typing` where many changes are one step. */
export type Update = (part: (now: GalleryState) => Partial<GalleryState>, change?: Change) => void;

/** Changes some filters. */
export type UpdateFilters = (part: Partial<Filters>, change?: Change) => void;

/** The state in the URL, and how to change it. */
export function useGalleryState(): [GalleryState, Update] {
  const search = useSyncExternalStore(subscribeQuery, readQuery, noQuery);
  const state = useMemo(() => parseState(search), [search]);
  const update: Update = useCallback((part, change = 'step') => {
    const now = parseState(readQuery());
    writeQuery(formatState({ ...now, ...part(now) }), change);
  }, []);
  return [state, update];
}
