import type { WorkerProfile } from 'hubfit';
import { reference } from './worker';

/** A start for limits of one's own. */
export interface Preset {
  label: string;
  worker: WorkerProfile;
}

/** Workers to pick. */
export const presets: readonly Preset[] = [
  { label: 'Reference worker', worker: reference },
  { label: 'Reference, long contexts capped', worker: { ...reference, contextPolicy: 'cap' } },
  {
    label: 'Any GGUF, capped at 8,192',
    worker: { formats: ['gguf'], maxContextLength: 8192, contextPolicy: 'cap' },
  },
  { label: 'No limits', worker: {} },
];
