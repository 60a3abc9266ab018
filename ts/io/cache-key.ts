import type { OutgoingRequest } from './send-request.ts';

/** What an answer is kept under; of a token, only a digest is written down. */
export async function cacheKey(
  { url, headers }: OutgoingRequest,
  accessToken: string | undefined,
): Promise<string> {
  const digest = accessToken ? ` as ${await digestOf(accessToken)}` : '';
  return `${url}${headers?.range ? ` ${headers.range}` : ''}${digest}`;
}

async function digestOf(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return [...new Uint8Array(hash, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether an address names a commit, whose files never change. */
export function isImmutable(url: string): boolean {
  return /\/(resolve|revision)\/[0-9a-f]{40}(\/|\?|$)/.test(url);
}
