'use client';
import { useSyncExternalStore } from 'react';
import { noQuery } from './query-store';

/** `location.search` of this page; empty until the page is alive. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => window.location.search, noQuery);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}
