import { callRepository } from '../core/call-repository.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { listing } from './group-files.ts';

/** The small files of a model that are worth reading, the most telling first. */
export function wantedConfigs(model: HFModel): string[] {
  const { paths, sizes } = listing(model);
  return callRepository((core) => core.wanted_configs(paths, sizes));
}
