import { assessModels } from '../compat/assess-models.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { CatalogRow } from './catalog-row.ts';

/** The runtimes that most people use, where nobody says. */
const USUAL = [
  'llama.cpp',
  'ollama',
  'vllm',
  'sglang',
  'transformers',
  'mlx-lm',
  'transformers.js',
  'onnxruntime-genai',
  'exllamav3',
  'web-llm',
  'diffusers',
  'whisper.cpp',
] as const;

/** A row with the model that it was made of; without one it says its runtimes itself. */
export interface RowOfModel {
  row: CatalogRow;
  model: HFModel | undefined;
}

/** The rows with the runtimes that load them, at their newest versions and on hardware that has room. */
export function rowRuntimes(
  rows: readonly RowOfModel[],
  runtimes: readonly string[] = USUAL,
): CatalogRow[] {
  const models = rows.flatMap(({ model }) => (model ? [model] : []));
  if (models.length === 0 || runtimes.length === 0) return rows.map(({ row }) => row);
  const targets = runtimes.map((runtime) => ({ runtime }));
  const answers = assessModels({ models, targets });
  let next = 0;
  return rows.map(({ row, model }) => {
    if (!model) return row;
    const answer = answers[next] ?? [];
    next += 1;
    const loading = runtimes.filter((_, place) => answer[place]?.compatible);
    return loading.length > 0 ? { ...row, runtimes: loading } : row;
  });
}
