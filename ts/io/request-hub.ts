import { toJson } from '../core/to-json.ts';
import { ask } from './ask.ts';
import { hubBase } from './hub-base.ts';
import type { HubOptions } from './hub-options.ts';

/** An answer of the Hub, good or bad: the core tells. */
export interface HubAnswer {
  /** The `Answer` as JSON, for the core. */
  answer: string;
  status: number;
  body: Uint8Array<ArrayBuffer>;
}

/** Asks for a path of the Hub; `read` throws where the answer is an error or was cut short. */
export async function requestHub<T>(
  path: string,
  options: HubOptions,
  read: (answer: HubAnswer) => T,
): Promise<T> {
  const base = hubBase(options);
  return ask(
    {
      url: base + path,
      base,
      receive: async ({ response }) => new Uint8Array(await response.arrayBuffer()),
      read: ({ answer }, body) =>
        read({ answer: toJson('answer', answer), status: answer.status, body }),
    },
    options,
  );
}
