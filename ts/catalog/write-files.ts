import type { BuildCatalogOptions } from './build-catalog.ts';
import type { CatalogFiles, CatalogTier } from './catalog-files.ts';

/** A part of a snapshot, as the core writes it. */
export interface CatalogShard {
  tier: number;
  rows: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Shards as files with their names, and the manifest that lists them. */
export async function writeFiles(
  shards: Iterable<CatalogShard>,
  { created = new Date(), compression = 'gzip' }: BuildCatalogOptions,
): Promise<CatalogFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const tiers: CatalogTier[] = [];
  for (const { tier, rows, bytes } of shards) {
    const packed = compression === 'gzip' ? await gzip(bytes) : bytes;
    const name = `tier-${tier}-${await hash(bytes)}.${compression === 'gzip' ? 'bin.gz' : 'bin'}`;
    files.set(name, packed);
    tiers[tier] ??= { rows: 0, files: [] };
    tiers[tier].rows += rows;
    tiers[tier].files.push({ name, bytes: packed.length });
  }
  const rows = tiers.reduce((sum, tier) => sum + tier.rows, 0);
  const manifest = {
    format: 'hubfit-catalog',
    version: 1,
    created: created.toISOString(),
    rows,
    tiers,
  } as const;
  return { manifest, files };
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Twenty hexadecimal digits of SHA-256: enough that no two files of a site share a name. */
async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
