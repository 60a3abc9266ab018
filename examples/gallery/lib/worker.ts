import { referenceWorker, type WorkerFormat, type WorkerProfile } from 'hubfit';

/** What is checked against where nothing was changed. */
export const reference: WorkerProfile = referenceWorker();

const ANY = '*';

/** The worker that a query describes: the reference worker, but for what the query says. */
export function parseWorker(query: URLSearchParams): WorkerProfile {
  const worker = {
    ...reference,
    ...list(query.getAll('arch'), (architectures) => ({ architectures })),
    ...list(query.getAll('fmt'), (names) => ({ formats: names.map(workerFormat) })),
    ...context(query.get('ctx')),
    ...(query.get('policy') === 'cap' && { contextPolicy: 'cap' as const }),
  };
  return named(unlimited(worker, query));
}

/** Adds to a query in what the worker differs from the reference worker. */
export function writeWorker(query: URLSearchParams, worker: WorkerProfile): void {
  writeList(query, 'arch', worker.architectures, reference.architectures);
  writeList(query, 'fmt', formatNames(worker), formatNames(reference));
  if (worker.maxContextLength !== reference.maxContextLength) {
    query.set('ctx', worker.maxContextLength?.toString() ?? ANY);
  }
  if (worker.contextPolicy === 'cap') query.set('policy', 'cap');
}

/** The query of a worker alone, for links; empty for the reference worker. */
export function workerQuery(worker: WorkerProfile): string {
  const query = new URLSearchParams();
  writeWorker(query, worker);
  return query.size > 0 ? `?${query}` : '';
}

/** The worker as it stands in a sentence. */
export function workerName(worker: WorkerProfile): string {
  return worker === reference ? 'the reference worker' : (worker.name ?? 'your worker');
}

/** The names of the formats, undefined where all are read. */
export function formatNames(worker: WorkerProfile): readonly string[] | undefined {
  return worker.formats?.map((format) => (typeof format === 'string' ? format : format.format));
}

/** A format with the confidence that the reference worker gives it. */
export function workerFormat(name: string): WorkerFormat {
  const known = reference.formats?.find(
    (format) => typeof format !== 'string' && format.format === name,
  );
  return known ?? name;
}

function list<T extends object>(values: string[], make: (values: string[]) => T): T | undefined {
  return values.length > 0 ? make(values.filter((value) => value !== '')) : undefined;
}

function context(text: string | null): Pick<WorkerProfile, 'maxContextLength'> | undefined {
  return text && /^\d{1,12}$/.test(text) ? { maxContextLength: Number(text) } : undefined;
}

function unlimited(worker: WorkerProfile, query: URLSearchParams): WorkerProfile {
  const { architectures, formats, maxContextLength, ...rest } = worker;
  return {
    ...rest,
    ...(query.get('arch') !== ANY && architectures && { architectures }),
    ...(query.get('fmt') !== ANY && formats && { formats }),
    ...(query.get('ctx') !== ANY && maxContextLength !== undefined && { maxContextLength }),
  };
}

function named(worker: WorkerProfile): WorkerProfile {
  return workerQuery(worker) === '' ? reference : { ...worker, name: 'your worker' };
}

function writeList(
  query: URLSearchParams,
  key: string,
  values: readonly string[] | undefined,
  usual: readonly string[] | undefined,
): void {
  if (sameSet(values, usual)) return;
  for (const value of values ?? [ANY]) query.append(key, value);
  if (values?.length === 0) query.append(key, '');
}

function sameSet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a?.toSorted().join('\n') === b?.toSorted().join('\n');
}
