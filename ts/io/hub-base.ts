import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { HubOptions } from './hub-options.ts';

/** Scheme, host and path of a Hub, without a slash at the end; a token that no header can hold is refused too. */
export function hubBase({
  hubUrl = 'https://huggingface.co',
  accessToken = '',
}: Pick<HubOptions, 'hubUrl' | 'accessToken'>): string {
  const [url, token] = [asText('hubUrl', hubUrl), asText('accessToken', accessToken)];
  return callCore((core) => core.hub_base(url, token));
}

function asText(name: string, value: unknown): string {
  if (typeof value === 'string' || value instanceof URL) return String(value);
  throw new HubfitError('invalid_argument', `${name}: expected text, found ${typeof value}`);
}
