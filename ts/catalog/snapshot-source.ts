import { HubfitError } from '../core/hubfit-error.ts';
import { type FetchFileOptions, fetchFile } from '../io/fetch-file.ts';
import { type CatalogFiles, type CatalogManifest, MANIFEST } from './catalog-files.ts';

/** Where a snapshot is: the URL of its folder or its manifest, a folder (in Node), its files, or one file with all of it. */
export type CatalogSource = string | URL | CatalogFiles | Uint8Array | ArrayBuffer;

/** Gives the files of a snapshot, tier by tier. */
export interface SnapshotSource {
  manifest: CatalogManifest;
  /** A file as it is kept: packed, as a rule. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Finds a snapshot and reads its manifest. */
export async function snapshotSource(
  source: CatalogSource,
  options: FetchFileOptions,
): Promise<SnapshotSource> {
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) return alone(source);
  if (typeof source === 'object' && 'manifest' in source) return given(source);
  const read = reader(source, options);
  const manifest = parseManifest(await read(MANIFEST));
  return { manifest, read };
}

type Read = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

function reader(source: string | URL, options: FetchFileOptions): Read {
  const text = String(source).replace(/catalog\.json$/, '');
  const page = (globalThis as { location?: { href: string } }).location?.href;
  if (!/^[a-z][a-z0-9+.-]+:/i.test(text) && page === undefined) return inFolder(text);
  const base = new URL(text.endsWith('/') || text === '' ? text : `${text}/`, page);
  if (base.protocol === 'file:') return inFolder(base);
  return (name) => fetchFile(new URL(name, base).href, options);
}

/** A folder on disk, reached without an import that bundlers for browsers would have to resolve. */
function inFolder(folder: string | URL): Read {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const fs = process?.getBuiltinModule?.('node:fs/promises') as
    | typeof import('node:fs/promises')
    | undefined;
  if (!fs) throw new HubfitError('invalid_argument', `source: expected a URL, found "${folder}"`);
  const path = (name: string): string | URL =>
    typeof folder === 'string'
      ? `${folder.replace(/\/$/, '') || '.'}/${name}`
      : new URL(name, folder);
  return async (name) => {
    try {
      return new Uint8Array(await fs.readFile(path(name)));
    } catch (error) {
      throw new HubfitError('entry_not_found', `${path(name)}: cannot be read`, { cause: error });
    }
  };
}

function given({ manifest, files }: CatalogFiles): SnapshotSource {
  const read: Read = async (name) => {
    const bytes = files.get(name);
    if (bytes) return bytes;
    throw new HubfitError('entry_not_found', `${name}: named in the manifest, found no such file`);
  };
  return { manifest: checked(manifest), read };
}

/** One file is a snapshot of one tier; its own header says the rest. */
function alone(bytes: Uint8Array | ArrayBuffer): SnapshotSource {
  const whole = new Uint8Array(bytes);
  const files = [{ name: 'catalog', bytes: whole.length }];
  const manifest: CatalogManifest = {
    format: 'hubfit-catalog',
    version: 1,
    created: '',
    rows: 0,
    tiers: [{ rows: 0, files }],
  };
  return { manifest, read: async () => whole };
}

function parseManifest(bytes: Uint8Array): CatalogManifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new HubfitError('invalid_file', `${MANIFEST}: expected JSON`, { cause: error });
  }
  return checked(value as CatalogManifest);
}

/** Most files of a snapshot: 16 MiB each, far beyond what a page can hold. */
const MOST_FILES = 1024;

function checked(manifest: CatalogManifest): CatalogManifest {
  const wrong = (what: string): HubfitError =>
    new HubfitError('invalid_file', `${MANIFEST}: ${what}`);
  if (manifest?.format !== 'hubfit-catalog') throw wrong('expected a catalog of hubfit');
  if (manifest.version !== 1) {
    throw wrong(`expected version 1, found ${String(manifest.version)}: update hubfit`);
  }
  const tiers = Array.isArray(manifest.tiers) ? manifest.tiers : [];
  const files = tiers.flatMap((tier) => tier?.files ?? []);
  if ((files.length === 0 && manifest.rows !== 0) || files.length > MOST_FILES) {
    throw wrong(`expected 1 to ${MOST_FILES} files, found ${files.length}`);
  }
  const odd = files.find((file) => !/^[\w.-]+$/.test(file?.name ?? ''));
  if (odd) throw wrong(`expected names of files beside it, found "${odd.name}"`);
  return manifest;
}
