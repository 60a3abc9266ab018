import { checkLimit } from '../hub/check-limit.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { ByteSource } from '../io/byte-source.ts';
import { countedSource } from '../io/counted-source.ts';
import { httpSource } from '../io/http-source.ts';
import { inParallel } from '../io/in-parallel.ts';
import { chooseHeaders } from './choose-headers.ts';
import type { InspectModelOptions, InspectProgress, ModelInspection } from './inspect-model.ts';
import { mergeFiles, type ReadFile } from './merge-files.ts';
import { readHeader } from './read-header.ts';
import { resolveUrl } from './resolve-url.ts';
import { wantedConfigs } from './wanted-configs.ts';

/** As many requests at a time as browsers make to one host. */
const CONCURRENCY = 6;

/** What is read of a config whose size is not known: as much as its reader takes. */
const MOST_BYTES = 8 << 20;

/** Reads the configs of a model and the headers of one variant, and says what they tell. */
export async function readModelFiles(
  model: HFModel,
  options: InspectModelOptions,
): Promise<ModelInspection> {
  const concurrency = checkLimit('concurrency', options.concurrency ?? CONCURRENCY);
  const { paths, countable } = chooseHeaders(model, options);
  const wanted = [
    ...paths.map((path) => ({ path, whole: false })),
    ...wantedConfigs(model).map((path) => ({ path, whole: true })),
  ];
  const tell = progress(wanted.length, options.onProgress);
  const read = await inParallel(
    wanted,
    { concurrency, signal: options.signal },
    async ({ path, whole }, signal): Promise<ReadFile> => {
      const source = countedSource(open(model, path, { ...options, signal }), (bytes) =>
        tell({ reads: 1, bytes }),
      );
      const found = whole ? { text: await readWhole(source) } : await readHeader(source);
      tell({ done: 1 });
      return { path, ...found };
    },
  );
  return mergeFiles(model, read, countable);
}

function open(model: HFModel, path: string, options: InspectModelOptions): ByteSource {
  const size = model.siblings?.find(({ rfilename }) => rfilename === path)?.size;
  const source = { ...options, ...(size !== undefined && { size }) };
  return httpSource(resolveUrl(model, path, options), source);
}

function readWhole(source: ByteSource): Promise<Uint8Array> {
  return source.read(0, Math.max(1, source.size ?? MOST_BYTES));
}

/** Adds up what is read of all files, and tells of it. */
function progress(
  total: number,
  onProgress: InspectModelOptions['onProgress'],
): (more: Partial<InspectProgress>) => void {
  const sum: InspectProgress = { reads: 0, bytes: 0, done: 0, total };
  return ({ reads = 0, bytes = 0, done = 0 }) => {
    sum.reads += reads;
    sum.bytes += bytes;
    sum.done += done;
    onProgress?.({ ...sum });
  };
}
