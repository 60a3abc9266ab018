import { mkdir, statfs } from 'node:fs/promises';
import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { Variant } from '../generated/repository.d.ts';
import { checkLimit } from '../hub/check-limit.ts';
import { getHuggingFaceModel } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { extractModelMetadata } from '../inspect/extract-model-metadata.ts';
import { groupFiles } from '../inspect/group-files.ts';
import { hubBase } from '../io/hub-base.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { tally } from '../io/hub-progress.ts';
import { inParallel } from '../io/in-parallel.ts';
import { onlyHubOptions } from '../io/without-hub-options.ts';
import { downloadBlob, type WantedBlob } from './download-blob.ts';
import type { Downloaded, DownloadOptions } from './download-variant.ts';
import { type HubFolder, hubFolder, sizeOf, usualFolder } from './hub-folder.ts';

/** Downloads the files of a variant that are not there. */
export async function downloadFiles(
  id: string,
  variant: string | Pick<Variant, 'files'> | readonly string[],
  options: DownloadOptions,
): Promise<Downloaded> {
  const { revision = 'main', dir = usualFolder(), also = [] } = options;
  const model = await getHuggingFaceModel(id, { ...onlyHubOptions(options), revision });
  const commit = model.sha ?? '';
  const folder = hubFolder(dir, model.id, commit);
  const paths = [...new Set([...pathsOf(model, variant), ...also])];
  const wanted = paths.map((path) => wantedFile(model, path, commit, folder, options));
  await mkdir(dir, { recursive: true });
  await downloadAll(wanted, folder, dir, options);
  await folder.remember(revision);
  const files = wanted.map(({ path, size }) => ({ path, file: folder.snapshot(path), size }));
  return { revision: commit, files };
}

function pathsOf(
  model: HFModel,
  variant: string | Pick<Variant, 'files'> | readonly string[],
): string[] {
  if (Array.isArray(variant)) return [...variant];
  if (typeof variant === 'object') return (variant as Variant).files.map(({ path }) => path);
  const { variants } = groupFiles(model, extractModelMetadata(model));
  const label = ({ quantization, name, format }: Variant): string => quantization ?? name ?? format;
  const found = variants.find((one) => label(one).toLowerCase() === String(variant).toLowerCase());
  if (found) return found.files.map(({ path }) => path);
  const known = variants.map(label).join(', ') || 'none';
  const message = `variant: expected one of ${known}, found ${JSON.stringify(variant)}`;
  throw new HubfitError('invalid_argument', message.slice(0, 500));
}

type WantedFile = WantedBlob & { path: string };

function wantedFile(
  model: HFModel,
  path: string,
  commit: string,
  folder: HubFolder,
  options: HubOptions,
): WantedFile {
  const base = hubBase(options);
  const url = base + callCore((core) => core.file_path(model.id, commit, path));
  const file = model.siblings?.find(({ rfilename }) => rfilename === path);
  if (!file) throw new HubfitError('entry_not_found', `${model.id} has no file ${path}`);
  const { size, blobId, lfs } = file as {
    size?: number;
    blobId?: string;
    lfs?: { sha256?: string };
  };
  const hash = lfs?.sha256 ?? blobId;
  // Refused before anything is asked for.
  folder.snapshot(path);
  if (size === undefined || hash === undefined) {
    const message = `${path}: expected its size and hash, found ${JSON.stringify(file).slice(0, 100)}`;
    throw new HubfitError('invalid_response', message);
  }
  const kind = lfs?.sha256 ? 'sha256' : 'git';
  return { url, base, size, hash, kind, place: folder.blob(hash), path };
}

async function downloadAll(
  wanted: readonly WantedFile[],
  folder: HubFolder,
  dir: string,
  options: DownloadOptions,
): Promise<void> {
  const concurrency = checkLimit('concurrency', options.concurrency ?? 4);
  const there = await Promise.all(wanted.map(({ place, size }) => isThere(place, size)));
  const missing = wanted.filter((_, n) => !there[n]);
  await refuseFullDisk(dir, sum(missing));
  const [done, doneBytes] = [wanted.length - missing.length, sum(wanted) - sum(missing)];
  const start = { done, total: wanted.length, requests: 0, bytes: 0, waiting: 0 };
  const progress = tally(
    { ...start, doneBytes, totalBytes: sum(wanted) },
    options.onProgress,
    options.onTraffic,
  );
  await inParallel(wanted, { concurrency, signal: options.signal }, async (file, signal) => {
    const how = { ...onlyHubOptions(options), signal, onTraffic: progress.onTraffic };
    if (missing.includes(file) && !(await isThere(file.place, file.size))) {
      await downloadBlob(file, how, (bytes) => {
        progress.sum.doneBytes += bytes;
        progress.tell();
      });
      progress.sum.done += 1;
    }
    await folder.link(file.path, file.hash);
    progress.tell();
  });
}

async function isThere(place: string, size: number): Promise<boolean> {
  return (await sizeOf(place)) === size;
}

function sum(files: readonly { size: number }[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0);
}

async function refuseFullDisk(dir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (bytes <= free) return;
  const message = `${dir}: expected ${bytes} bytes of free space, found ${free}; make room or choose another folder`;
  throw new HubfitError('limit_exceeded', message);
}
