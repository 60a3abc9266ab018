// From a row's file list to files with content, digests and LFS pointers.

import {
  digest,
  gitBlobSha1,
  HASH_LIMIT,
  paddedSource,
  realSource,
  sha256Of,
  sourceOf,
  toBytes,
} from './bytes.ts';
import { estimatedSize } from './sizes.ts';
import type { ByteSource, FileInput, RepoFile, SampleModel } from './types.ts';

const DEFAULT_TEXT_SIZE = 600;
const DEFAULT_BINARY_SIZE = 64 * 1024;
/** The Hub refuses larger files outside LFS. */
const LFS_THRESHOLD = 10 * 1024 * 1024;
/** What the Hub's default `.gitattributes` sends to LFS. */
const LFS_NAME =
  /\.(7z|arrow|bin|bz2|ckpt|ftz|gguf|ggml|gz|h5|joblib|llamafile|litertlm|lz4|mlmodel|model|msgpack|npy|npz|onnx|onnx_data|ot|parquet|pb|pickle|pkl|pt|pt2|pth|pte|rar|safetensors|task|tar|tflite|tgz|wasm|xz|zip|zst)$/i;
const TEXT_NAME =
  /(\.(json|jsonl|txt|md|jinja|py|ya?ml|cfg|xml|vocab|merges|tsv|csv)|(^|\/)(\.gitattributes|LICENSE|USE_POLICY)[^/]*)$/i;

function once<T>(make: () => T): () => T {
  let value: { it: T } | undefined;
  return () => {
    value ??= { it: make() };
    return value.it;
  };
}

function pointerText(sha256: string, size: number): Uint8Array {
  return toBytes(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`,
  );
}

/** True bytes have a true digest; generated ones only below the limit, so that clients can verify. */
function contentSha256(name: string, source: ByteSource, real: boolean): string {
  return real || source.size < HASH_LIMIT
    ? sha256Of(source)
    : digest('sha256', `content of ${name}, ${source.size} bytes`);
}

export function repoFile(id: string, path: string, source: ByteSource, real: boolean): RepoFile {
  const name = `${id}/${path}`;
  const lfs = LFS_NAME.test(path) || source.size > LFS_THRESHOLD;
  const sha256 = once(() => contentSha256(name, source, real));
  const pointer = once(() => pointerText(sha256(), source.size));
  const oid = once(() => gitBlobSha1(lfs ? realSource(pointer()) : source));
  const xetHash = once(() => digest('sha256', `storage of ${name}, ${source.size} bytes`));
  return { path, size: source.size, lfs, source, oid, sha256, pointer, xetHash };
}

/** The full config.json; blanks stretch it to the known size, which leaves it the same JSON. */
function configSource(name: string, config: Record<string, unknown>, size: number): ByteSource {
  const pretty = toBytes(`${JSON.stringify(config, null, 2)}\n`);
  const text = size > 0 && pretty.length > size ? toBytes(JSON.stringify(config)) : pretty;
  return paddedSource(name, text, Math.max(size, text.length), 'blank');
}

function indexJson(model: SampleModel, path: string): string {
  const suffix = path.includes('safetensors') ? '.safetensors' : '.bin';
  const shards = (model.files ?? []).filter(([file]) => file.endsWith(suffix));
  const total = shards.reduce((sum, [, size]) => sum + (size ?? 0), 0);
  const entries = shards.map(([file], n) => [`model.layers.${n}.self_attn.q_proj.weight`, file]);
  return JSON.stringify({
    metadata: { total_size: total },
    weight_map: Object.fromEntries(entries),
  });
}

function textHead(model: SampleModel, path: string): string {
  if (path.endsWith('.index.json')) return indexJson(model, path);
  if (path.endsWith('.json')) return JSON.stringify({ repository: model.id, path });
  if (path.endsWith('README.md')) {
    return `---\nlicense: ${model.license ?? 'unknown'}\n---\n\n# ${model.id}\n`;
  }
  return `${path} of ${model.id}\n`;
}

/** Known sizes are kept even where the text is shorter, so that tree and resolve always agree. */
export function sampleSource(model: SampleModel, path: string, size: number): ByteSource {
  const name = `${model.id}/${path}`;
  if (path === 'config.json' && model.config) return configSource(name, model.config, size);
  if (!TEXT_NAME.test(path)) {
    return paddedSource(name, new Uint8Array(0), size || DEFAULT_BINARY_SIZE, 'noise');
  }
  const head = toBytes(textHead(model, path));
  if (size > 0 && head.length > size) return realSource(head.slice(0, size));
  return paddedSource(name, head, size || Math.max(DEFAULT_TEXT_SIZE, head.length), 'blank');
}

export function sampleFiles(model: SampleModel, estimate = false): RepoFile[] {
  const files = (model.files ?? []).map(([path, known]) => {
    const size = known ?? (estimate ? estimatedSize(model, path) : undefined) ?? 0;
    return repoFile(model.id, path, sampleSource(model, path, size), false);
  });
  return sortFiles(files);
}

export function realFiles(id: string, files: Record<string, FileInput>): RepoFile[] {
  const entries = Object.entries(files).map(([path, input]) => {
    const real = typeof input === 'string' || input instanceof Uint8Array;
    return repoFile(id, path, sourceOf(`${id}/${path}`, input), real);
  });
  return sortFiles(entries);
}

function sortFiles(files: RepoFile[]): RepoFile[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
