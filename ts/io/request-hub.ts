import { toJson } from '../core/to-json.ts';
import { hubBase } from './hub-base.ts';
import type { HubOptions } from './hub-options.ts';
import { readAnswer } from './read-answer.ts';
import { sendRequest } from './send-request.ts';

/** An answer of the Hub, good or bad: the core tells. */
export interface HubAnswer {
  /** The `Answer` as JSON, for the core. */
  answer: string;
  status: number;
  body: Uint8Array<ArrayBuffer>;
}

/** Sends one request. */
export async function requestHub(path: string, options: HubOptions): Promise<HubAnswer> {
  const base = hubBase(options);
  const url = base + path;
  return sendRequest({ url, base }, options, async (response) => {
    const body = new Uint8Array(await response.arrayBuffer());
    const answer = readAnswer(url, response, Boolean(options.accessToken));
    return { answer: toJson('answer', answer), status: response.status, body };
  });
}
