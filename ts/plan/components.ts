import type { Variant } from '../generated/repository.d.ts';

/** A model, a session or a file of a variant. */
export interface ComponentBytes {
  name: string;
  bytes: number;
}

/**
 * The components of a variant where runtimes load them one by one: the files of ONNX sessions, the folders of a pipeline.
 * None of others, and where sizes are not known.
 */
export function componentsOf({ format, files }: Variant): ComponentBytes[] {
  if (files.some(({ size }) => size === null)) return [];
  if (format === 'onnx') return files.map(({ path, size }) => ({ name: path, bytes: size ?? 0 }));
  const folders = new Map<string, number>();
  for (const { path, size } of files) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, (folders.get(folder) ?? 0) + (size ?? 0));
  }
  if (folders.size < 2) return [];
  return [...folders].map(([name, bytes]) => ({ name, bytes }));
}
