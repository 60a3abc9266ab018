import type { Command } from 'commander';
import { type DownloadProgress, downloadVariant } from '../node/download-variant.ts';
import { bytes } from './in-words.ts';
import { addHubOptions, hubOptions, type SourceOptions } from './model-source.ts';
import { withProgress } from './progress.ts';

interface DownloadCommandOptions extends SourceOptions {
  dir?: string;
  revision?: string;
  also?: string[];
  json?: boolean;
}

/** Adds `hubfit download`. */
export function addDownloadCommand(program: Command): void {
  const command = program
    .command('download <id> <variant>')
    .description(
      'download the files of a variant (Q4_K_M, …) or one file, into the cache that the Hub’s own tools share',
    )
    .option('--dir <folder>', 'another folder than HF_HUB_CACHE')
    .option('--revision <revision>', 'a branch, tag or commit')
    .option('--also <paths...>', 'more files: config.json tokenizer.json')
    .option('--json', 'what was downloaded, as JSON');
  addHubOptions(command).action(download);
}

async function download(
  id: string,
  variant: string,
  options: DownloadCommandOptions,
): Promise<void> {
  const { dir, revision, also, json } = options;
  const files = variant.includes('.') ? [variant] : variant;
  const found = await withProgress('asking the Hub', (tell) =>
    downloadVariant(id, files, {
      ...hubOptions(options),
      ...(dir && { dir }),
      ...(revision && { revision }),
      ...(also && { also }),
      onProgress: (progress) => tell(bar(progress)),
    }),
  );
  const lines = found.files.map(({ file }) => file).join('\n');
  process.stdout.write(`${json ? JSON.stringify(found, null, 2) : lines}\n`);
}

const WIDTH = 24;

/** `████████░░░░ 67 %  3.2 of 4.8 GB, 1 of 2 files`. */
function bar({ doneBytes, totalBytes, done, total, waiting }: DownloadProgress): string {
  const share = totalBytes > 0 ? doneBytes / totalBytes : 1;
  const full = Math.round(share * WIDTH);
  const drawn = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  const wait = waiting > 0 ? `, waiting ${Math.ceil(waiting / 1000)} s for the Hub` : '';
  const percent = Math.floor(share * 100);
  return `${drawn} ${percent} %  ${bytes(doneBytes)} of ${bytes(totalBytes)}, ${done} of ${total} files${wait}`;
}
