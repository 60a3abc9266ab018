import { callRepository } from '../core/call-repository.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { Geometry } from '../generated/repository.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { ByteSource } from '../io/byte-source.ts';
import { httpSource } from '../io/http-source.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { chooseHeaders } from './choose-headers.ts';
import { readHeader } from './read-header.ts';
import { resolveUrl } from './resolve-url.ts';

/** What is read of a config whose size is not known: as much as its reader takes. */
const MOST_BYTES = 8 << 20;

/** Reads what memory is computed from where that is cheapest: in `config.json`, else in a header. */
export async function readGeometry(model: HFModel, options: HubOptions): Promise<Geometry | null> {
  refuseClosed(model, options);
  const config = model.siblings?.find(({ rfilename }) => rfilename === 'config.json');
  const stated = config && (await ofConfig(model, config.size, options));
  return stated ?? ofHeader(model, options);
}

/** The Hub gives nobody without a token the files of a gated model: there is no need to ask. */
function refuseClosed({ id, gated }: HFModel, { accessToken }: HubOptions): void {
  if (!gated || accessToken) return;
  const message = `${id} is gated: ask for access on the model's page and pass an access token`;
  throw new HubfitError('gated_repo', message);
}

async function ofConfig(
  model: HFModel,
  size: number | undefined,
  options: HubOptions,
): Promise<Geometry | null> {
  const bytes = await open(model, 'config.json', size, options).read(
    0,
    Math.max(1, size ?? MOST_BYTES),
  );
  try {
    return callRepository((core) => core.geometry_of_config(bytes));
  } catch {
    // A family whose config is not understood.
    return null;
  }
}

/** Only GGUF files say it in their headers. */
async function ofHeader(model: HFModel, options: HubOptions): Promise<Geometry | null> {
  const [path] = chooseHeaders(model, { shards: 'first' }).paths;
  if (!path?.endsWith('.gguf')) return null;
  const size = model.siblings?.find(({ rfilename }) => rfilename === path)?.size;
  const { facts, reader } = await readHeader(open(model, path, size, options));
  reader.free();
  return facts.geometry;
}

function open(
  model: HFModel,
  path: string,
  size: number | undefined,
  options: HubOptions,
): ByteSource {
  const how = { ...options, ...(size !== undefined && { size }) };
  return httpSource(resolveUrl(model, path, options), how);
}
