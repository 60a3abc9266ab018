import { HubfitError } from '../core/hubfit-error.ts';
import { abortable } from './abortable.ts';
import { cacheKey, isImmutable } from './cache-key.ts';
import { type Clock, systemClock } from './clock.ts';
import type { CachedAnswer } from './hub-cache.ts';
import type { HubOptions } from './hub-options.ts';
import { readAnswer } from './read-answer.ts';
import { asHubfitError, type OutgoingRequest, type Received, sendRequest } from './send-request.ts';

/** What is asked, and how the answer is read. */
export interface Question<T> extends OutgoingRequest {
  /** Receives the body, or the part of it that is wanted. */
  receive(received: Received): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads it; throws where the answer is an error or was cut short. */
  read(received: Received, body: Uint8Array<ArrayBuffer>): T;
}

/** Answers that are on their way: who asks the same meanwhile waits with the first. */
const ON_THEIR_WAY = new WeakMap<Clock, Map<string, Promise<CachedAnswer>>>();

/** Gets an answer from the cache, from somebody who asks the same, or from the Hub. */
export async function ask<T>(question: Question<T>, options: HubOptions): Promise<T> {
  try {
    return await find(question, options);
  } catch (error) {
    throw asHubfitError(question.base, error, options.signal);
  }
}

async function find<T>(question: Question<T>, options: HubOptions): Promise<T> {
  const { clock = systemClock, cache, offline } = options;
  options.signal?.throwIfAborted();
  const key = cache ? await cacheKey(question, options.accessToken) : '';
  const kept = cache && (await cache.get(key).catch(() => undefined));
  if (kept && (offline || isFresh(question, kept, options, clock))) {
    return question.read(received(question, kept, options), kept.body);
  }
  if (offline) throw missing(question);
  const name = [question.url, question.headers?.range, options.accessToken].join(' ');
  const others = ON_THEIR_WAY.get(clock) ?? new Map<string, Promise<CachedAnswer>>();
  ON_THEIR_WAY.set(clock, others);
  // What failed for somebody else, by an abort of theirs perhaps, is asked again.
  const same = others.get(name)?.catch(() => undefined);
  const shared = same && (await abortable(same, options.signal));
  if (shared) return question.read(received(question, shared, options), shared.body);
  return askHub(question, options, { key, kept, name, others });
}

interface Place {
  key: string;
  kept: CachedAnswer | undefined;
  name: string;
  others: Map<string, Promise<CachedAnswer>>;
}

async function askHub<T>(
  question: Question<T>,
  options: HubOptions,
  { key, kept, name, others }: Place,
): Promise<T> {
  let result: { read: T } | undefined;
  const work = fetchAnswer(question, options, kept, (read) => {
    result = { read };
  });
  others.set(name, work);
  // Nobody may be waiting with us: a failure is told to the caller alone.
  work.catch(() => undefined);
  try {
    const answer = await work;
    await options.cache?.set(key, answer).catch(() => undefined);
    return result ? result.read : question.read(received(question, answer, options), answer.body);
  } finally {
    if (others.get(name) === work) others.delete(name);
  }
}

/** Asks the Hub; whether what is kept is still true, where that can be asked. */
function fetchAnswer<T>(
  question: Question<T>,
  options: HubOptions,
  kept: CachedAnswer | undefined,
  onRead: (read: T) => void,
): Promise<CachedAnswer> {
  const { clock = systemClock, onTraffic } = options;
  // Across origins browsers would ask first whether they may send it, and they keep ETags themselves.
  const etag = kept && kept.headers.type !== 'cors' ? kept.headers.etag : undefined;
  const headers = { ...question.headers, ...(etag && { 'if-none-match': etag }) };
  return sendRequest({ ...question, headers }, options, async (came) => {
    const { status } = came.response;
    if (status === 304 && kept) return { ...kept, at: clock.now() };
    const body = await question.receive(came);
    onTraffic?.({ requests: 0, bytes: body.length, waiting: 0 });
    onRead(question.read(came, body));
    return { status, headers: headersToKeep(came.response), body, at: clock.now() };
  });
}

/** The headers that are looked at later. */
const HEADERS = ['etag', 'link', 'content-range'] as const;

function headersToKeep({ headers, type }: Response): Record<string, string> {
  const found = HEADERS.map((name) => [name, headers.get(name)] as const);
  const known = found.filter((entry): entry is [(typeof HEADERS)[number], string] => !!entry[1]);
  return Object.fromEntries([...known, ...(type === 'cors' ? [['type', type]] : [])]);
}

function isFresh(
  { url }: OutgoingRequest,
  { at }: CachedAnswer,
  { maxAge = 0 }: HubOptions,
  clock: Clock,
): boolean {
  return isImmutable(url) || clock.now() - at < maxAge * 1000;
}

/** What is kept, as if it had just come. */
function received({ url }: OutgoingRequest, kept: CachedAnswer, options: HubOptions): Received {
  const response = new Response(null, { status: kept.status, headers: kept.headers });
  return { response, answer: readAnswer(url, response, Boolean(options.accessToken)) };
}

function missing({ url }: OutgoingRequest): HubfitError {
  const place = url.split('?')[0];
  return new HubfitError('offline', `${place}: expected it in the cache, found nothing; go online`);
}
