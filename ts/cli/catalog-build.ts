import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type BuildCatalogOptions, buildCatalog } from '../catalog/build-catalog.ts';
import { type CatalogFiles, MANIFEST } from '../catalog/catalog-files.ts';
import { catalogModels, type ModelsOptions } from './catalog-models.ts';
import { bytes, counted } from './in-words.ts';
import { addHubOptions } from './model-source.ts';
import { withProgress } from './progress.ts';
import { wholeNumber } from './worker-options.ts';

interface BuildOptions extends ModelsOptions {
  out: string;
  runtime?: string[];
  compression: 'gzip' | 'none';
  json?: boolean;
}

/** `hubfit catalog build`. */
export function addCatalogBuild(catalog: Command): void {
  const command = catalog
    .command('build')
    .description('make a snapshot of many models, for any static host')
    .option('--from <source>', 'hub, sample, or a file: .json, .ndjson, .parquet', 'hub')
    .requiredOption('--out <folder>', 'where the files go')
    .option('-n, --limit <count>', 'models at most', wholeNumber)
    .option('--runtime <id...>', 'runtimes that models are checked against (default: all known)')
    .addOption(
      new Option('--compression <kind>', 'none for hosts that pack what they serve')
        .choices(['gzip', 'none'])
        .default('gzip'),
    )
    .option('--json', 'JSON on standard output');
  addHubOptions(command).action(runBuild);
}

async function runBuild(options: BuildOptions): Promise<void> {
  let left = 0;
  const files = await withProgress(`taking models from ${options.from}`, (tell) => {
    const settings: BuildCatalogOptions = {
      compression: options.compression,
      onProgress: (rows) => tell(`${counted(rows)} models taken`),
      onSkip: (_model, reason) => {
        left++;
        if (left <= 10) process.stderr.write(`a model was left out: ${reason.message}\n`);
      },
      ...(options.runtime && { runtimes: options.runtime }),
    };
    return buildCatalog(catalogModels(options), settings);
  });
  await writeCatalog(options.out, files);
  process.stdout.write(`${told(options, files, left)}\n`);
}

/** The manifest comes last: whoever reads it finds all that it names. */
export async function writeCatalog(
  folder: string,
  { manifest, files }: CatalogFiles,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function told(
  { out, json }: BuildOptions,
  { manifest, files }: CatalogFiles,
  left: number,
): string {
  const size = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  const { rows } = manifest;
  if (json)
    return JSON.stringify({ out, rows, left, files: files.size, bytes: size }, undefined, 2);
  const each = rows > 0 ? `, ${(size / rows).toFixed(1)} bytes a model` : '';
  return `${counted(rows)} models in ${files.size} ${files.size === 1 ? 'file' : 'files'}, ${bytes(size)}${each}: ${out}`;
}
