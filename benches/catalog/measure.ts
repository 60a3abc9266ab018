// One engine, all questions.
import type { Engine, Peer, Question, Source } from './engine.ts';
import { difference, type Expected } from './reference.ts';

/** Times of one kind of question, in milliseconds. */
export interface Timing {
  p50: number;
  p95: number;
  runs: number;
}

/** What came out of an engine. */
export interface Measured {
  title: string;
  /** Milliseconds until it could be asked. */
  load: number;
  kinds: Record<string, Timing>;
  /** Milliseconds of the very first search with a typo, for which some engines gather the words of all names. */
  firstTypo?: number;
  /** Questions whose answers were held against the plain loop. */
  checked: number;
  /** The first answers that differ. */
  wrong: string[];
  /** Bytes that the process has more than before. */
  resident?: number;
  failed?: string;
}

/** How long an engine may take for all questions, in milliseconds. */
const PATIENCE = 60_000;

export interface Given {
  peer: Peer;
  source: Source;
  questions: readonly Question[];
  expected: readonly (Expected | null)[];
  /** Told when it is loaded; says how many bytes it takes. */
  onLoaded?: () => number | Promise<number>;
  patience?: number;
}

export async function measure({ patience = PATIENCE, ...given }: Given): Promise<Measured> {
  const { peer, source, questions, expected } = given;
  const engine = await peer.open();
  const start = performance.now();
  await engine.load(source);
  const load = performance.now() - start;
  const resident = await given.onLoaded?.();
  const asked = questions.map((question, at) => ({ question, right: expected[at] ?? null }));
  const own = asked.filter(({ question }) => !peer.cannot?.(question));
  const firstTypo = await warm(engine, own);
  const kinds = await time(engine, own, patience);
  const { checked, wrong } = await check(engine, peer, own);
  await engine.close();
  return {
    ...{ title: peer.title, load, kinds, checked, wrong },
    ...(resident !== undefined && { resident }),
    ...(firstTypo !== undefined && { firstTypo }),
  };
}

type Asked = { question: Question; right: Expected | null };

/** One question of each kind, before anything is timed: engines make what they make only once. Says what that of a typo took. */
async function warm(engine: Engine, asked: readonly Asked[]): Promise<number | undefined> {
  const seen = new Map<string, number>();
  for (const { question } of asked) {
    const key = `${question.kind} ${question.sort ?? ''}`;
    if (seen.has(key)) continue;
    const start = performance.now();
    await engine.query(question);
    seen.set(key, performance.now() - start);
  }
  return seen.get('typo downloads');
}

/** Those whose right answers are known, after all times: an engine may remember what it was asked. */
async function check(
  engine: Engine,
  peer: Peer,
  asked: readonly Asked[],
): Promise<Pick<Measured, 'checked' | 'wrong'>> {
  const wrong: string[] = [];
  let checked = 0;
  const seen = new Map<string, number>();
  const until = performance.now() + PATIENCE / 2;
  for (const { question, right } of asked) {
    const before = seen.get(question.kind) ?? 0;
    seen.set(question.kind, before + 1);
    if (!right || (before > 0 && performance.now() > until)) continue;
    const answer = await engine.query(question);
    const text = question.text !== undefined;
    const filtered = Boolean(question.any ?? question.between);
    const total = !(text && (peer.text !== undefined || question.kind === 'typo'));
    const counts =
      total && Object.keys(answer.facets).length > 0 && (peer.selfExcluding || !filtered);
    if (!total) continue;
    checked += 1;
    const different = difference(answer, right, { counts, total });
    if (different) wrong.push(`${JSON.stringify(question)}: ${different}`);
  }
  return { checked, wrong: wrong.slice(0, 5) };
}

/** In the order of the questions, so that every one of the mixed ones follows another kind. */
async function time(
  engine: Engine,
  asked: readonly Asked[],
  patience: number,
): Promise<Measured['kinds']> {
  const times = new Map<string, number[]>();
  const spent = new Map<string, number>();
  const kinds = new Set(asked.map(({ question }) => question.kind)).size;
  for (const { question } of asked) {
    const { kind } = question;
    // A slow engine answers fewer of each kind, at least three.
    const slow = (spent.get(kind) ?? 0) > patience / kinds;
    if (slow && (times.get(kind)?.length ?? 0) >= 3) continue;
    const start = performance.now();
    await engine.query(question);
    const took = performance.now() - start;
    times.set(kind, [...(times.get(kind) ?? []), took]);
    spent.set(kind, (spent.get(kind) ?? 0) + took);
  }
  return Object.fromEntries([...times].map(([kind, list]) => [kind, timing(list)]));
}

function timing(times: readonly number[]): Timing {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length };
}
