import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { refuseExpired } from '../io/refuse-expired.ts';
import { type Received, sendRequest } from '../io/send-request.ts';
import { claimPartial, finishPartial, leavePartial } from './partial-file.ts';

/** A file's content, and where it is. */
export interface WantedBlob {
  url: string;
  base: string;
  size: number;
  /** Of the content; of a small file git's own, over a header and the content. */
  hash: string;
  kind: 'sha256' | 'git';
  /** Where it is to be kept. */
  place: string;
}

/** How far a writer is. */
interface Writer {
  file: FileHandle;
  hash: Hash;
  at: number;
}

/** Downloads a blob: resumed where it was left, its hash checked on the way, put in place when whole. */
export async function downloadBlob(
  blob: WantedBlob,
  options: HubOptions,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const partial = await claimPartial(blob.place);
  let isWrong = false;
  try {
    const writer = await openWriter(partial, blob);
    try {
      onBytes(writer.at);
      await receiveAll(blob, writer, options, onBytes);
      await writer.file.sync();
    } finally {
      await writer.file.close();
    }
    isWrong = writer.hash.digest('hex') !== blob.hash;
    if (isWrong) throw wrongContent(blob);
    await finishPartial(partial, blob.place);
  } catch (error) {
    await leavePartial(partial, isWrong);
    throw error;
  }
}

async function openWriter(partial: string, blob: WantedBlob): Promise<Writer> {
  const file = await open(partial, 'a+');
  const { size } = await file.stat();
  const writer = { file, hash: startHash(blob), at: 0 };
  // What is longer than the whole was never a part of it.
  if (size > blob.size) await file.truncate(0);
  else if (size > 0) {
    for await (const chunk of createReadStream(partial)) writer.hash.update(chunk);
    writer.at = size;
  }
  return writer;
}

function startHash({ kind, size }: WantedBlob): Hash {
  return kind === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${size}\0`);
}

/** Asks until all is there: as long as something comes, a failure is not counted. */
async function receiveAll(
  blob: WantedBlob,
  writer: Writer,
  options: HubOptions,
  onBytes: (bytes: number) => void,
): Promise<void> {
  while (writer.at < blob.size) {
    const before = writer.at;
    try {
      const request = {
        url: blob.url,
        base: blob.base,
        // Each try goes on where the last one ended.
        get headers() {
          return { range: `bytes=${writer.at}-` };
        },
      };
      // Large files take their time: what counts is that something comes.
      const how = { ...options, timeout: LONGEST };
      await sendRequest(request, how, (came) => receive(came, blob, writer, options, onBytes));
    } catch (error) {
      const passes = error instanceof HubfitError && error.code === 'network';
      if (!passes || writer.at === before) throw error;
    }
  }
}

/** The longest that timers can measure, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

async function receive(
  { response, answer }: Received,
  blob: WantedBlob,
  writer: Writer,
  { timeout = 30_000, onTraffic }: HubOptions,
  onBytes: (bytes: number) => void,
): Promise<void> {
  refuseExpired(response, answer.url);
  // Throws what the answer says; a whole file of any length is welcome.
  callCore((core) => core.file_part(toJson('answer', answer), 1));
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  const isPart = response.status === 206 && Number(start) === writer.at;
  if (!isPart && writer.at > 0) {
    // A server without ranges begins anew.
    onBytes(-writer.at);
    await writer.file.truncate(0);
    Object.assign(writer, { hash: startHash(blob), at: 0 });
  }
  for await (const chunk of chunks(response, timeout)) {
    if (writer.at + chunk.length > blob.size) throw wrongContent(blob);
    await writer.file.write(chunk);
    writer.hash.update(chunk);
    writer.at += chunk.length;
    onTraffic?.({ requests: 0, bytes: chunk.length, waiting: 0 });
    onBytes(chunk.length);
  }
  if (writer.at < blob.size)
    throw new HubfitError('network', `${blob.url}: the answer was cut short`);
}

async function* chunks(response: Response, timeout: number): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), timeout);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function inTime<T>(work: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `nothing came for ${timeout / 1000} s`;
    timer = setTimeout(() => reject(new HubfitError('network', message)), timeout);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function wrongContent({ url, hash }: WantedBlob): HubfitError {
  const message = `${url}: expected content of the hash ${hash}, found another; it was thrown away, download it again`;
  return new HubfitError('invalid_file', message);
}
