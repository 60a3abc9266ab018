// The gallery's query, as React reads it. Typing is seen at once and written to the URL a little later:
// browsers limit how often a page may change its URL.

/** A step that the back button undoes, or one letter of many. */
export type Change = 'step' | 'typing';

const WRITE_AFTER = 300;

let current = '';
let typing = false;
let pending: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** `location.search`, with what is not written yet. */
export function readQuery(): string {
  if (pending === undefined) current = window.location.search;
  return current;
}

/** Where nothing can be read: at build time, and until the page is alive. */
export function noQuery(): string {
  return '';
}

/** Changes the query. */
export function writeQuery(search: string, change: Change): void {
  const first = change === 'step' || !typing;
  if (change === 'step') flushQuery();
  current = search;
  typing = change === 'typing';
  if (first) write('pushState');
  else later();
  announce();
}

/** Writes what was typed without waiting. */
export function flushQuery(): void {
  if (pending === undefined) return;
  clearTimeout(pending);
  pending = undefined;
  write('replaceState');
}

/** Tells of each change, by the page or by the back button. */
export function subscribeQuery(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', onPop);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', onPop);
  };
}

function later(): void {
  clearTimeout(pending);
  pending = setTimeout(flushQuery, WRITE_AFTER);
}

function write(how: 'pushState' | 'replaceState'): void {
  window.history[how](null, '', window.location.pathname + current);
}

function onPop(): void {
  clearTimeout(pending);
  pending = undefined;
  typing = false;
  announce();
}

function announce(): void {
  for (const listener of listeners) listener();
}
