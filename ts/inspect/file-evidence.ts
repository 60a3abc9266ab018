import type { InspectedFile } from './inspect-model.ts';
import type { FileEvidence } from './model-evidence.ts';

/** What the header of a file tells of the model as a whole. */
export function fileEvidence(file: InspectedFile): FileEvidence {
  const { path, format, kind, architecture, contextLength, elementCount, quantization } = file;
  const { split, version, headerBytes, largestTensor, types, chatTemplates, keys } = file;
  const stated = { path, format, kind, architecture, contextLength, elementCount, quantization };
  const pre = keys.find(({ key }) => key === 'tokenizer.ggml.pre')?.value;
  const preTokenizer = typeof pre === 'string' ? pre : undefined;
  const header = { version, headerBytes, largestTensor, types, chatTemplates, preTokenizer };
  return { ...stated, split, ...header };
}
