import type { Variant } from '../generated/repository.d.ts';
import type { HubOptions } from '../io/hub-options.ts';
import type { HubProgress } from '../io/hub-progress.ts';

/** How a download is going. */
export interface DownloadProgress extends HubProgress {
  /** Bytes of the files that are there. */
  doneBytes: number;
  /** Bytes of all files. */
  totalBytes: number;
}

/** Where to, and which version. */
export interface DownloadOptions extends HubOptions {
  /** The cache that the Hub's own tools share (`HF_HUB_CACHE`) where left out. */
  dir?: string;
  /** A branch, tag or commit; `main` where left out. */
  revision?: string;
  /** More files, by path. */
  also?: readonly string[];
  /** Files at a time; 4 where left out. */
  concurrency?: number;
  onProgress?: (progress: DownloadProgress) => void;
}

/** What was downloaded. */
export interface Downloaded {
  /** The commit. */
  revision: string;
  /** Where its files are: by path, as the repository has them. */
  files: { path: string; file: string; size: number }[];
}

/**
 * Downloads the files of a variant (`Q4_K_M`, one of `inspectModel`, or a list of paths) into the layout that the
 * Hub's own tools share. What is there is not asked for again; what was interrupted goes on.
 *
 * @throws {HubfitError} as the Hub's routes do; `invalid_argument` for a variant that is none, `invalid_file` for
 * content that is not what the Hub promised, `limit_exceeded` where the disk is too small
 */
export async function downloadVariant(
  id: string,
  variant: string | Pick<Variant, 'files'> | readonly string[],
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const { downloadFiles } = await import('./download-files.ts');
  return downloadFiles(id, variant, options);
}
