import { stringify } from 'yaml';
import type { Rows } from './rows.ts';

/** Rows as one list; none as an empty one. */
export async function* rowsAsYaml(rows: Rows): AsyncGenerator<string> {
  let some = false;
  for await (const row of rows) {
    yield stringify([row], { lineWidth: 0 });
    some = true;
  }
  if (!some) yield '[]\n';
}
