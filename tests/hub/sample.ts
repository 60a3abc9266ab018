// The rows that a local Hub serves unless it is given others.

import { existsSync, readFileSync } from 'node:fs';
import { FIXTURE } from './fixture.ts';
import type { SampleModel } from './types.ts';

const SAMPLE = new URL('../../facts/sample/models.json', import.meta.url);

/** The project's sample, or the small fixture where that file is missing. */
export function sampleRows(): SampleModel[] {
  if (!existsSync(SAMPLE)) return FIXTURE;
  return JSON.parse(readFileSync(SAMPLE, 'utf8')) as SampleModel[];
}
