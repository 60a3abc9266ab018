'use client';
import { useSyncExternalStore } from 'react';
import { noQuery } from '../lib/query-store';
import { HOME } from '../lib/site';

/** Back to the list as it was left, or as the shared link's worker sees it. */
export function BackLink() {
  const search = useSyncExternalStore(never, listSearch, noQuery);
  return (
    <p>
      <a href={HOME + search}>← All models</a>
    </p>
  );
}

function listSearch(): string {
  const from = document.referrer && new URL(document.referrer);
  const cameFromList = from && from.origin === location.origin && from.pathname === HOME;
  return cameFromList ? from.search : location.search;
}

/** Where a page came from does not change. */
function never(): () => void {
  return () => undefined;
}
