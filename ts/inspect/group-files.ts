import { callRepository } from '../core/call-repository.ts';
import type { ModelMetadata } from '../generated/core.d.ts';
import type { Grouping } from '../generated/repository.d.ts';
import type { HFModel } from '../hub/hf-model.ts';

/** The files of a model by the variants they belong to; weights whose names do not say are labelled by metadata. */
export function groupFiles(model: HFModel, { variants }: ModelMetadata): Grouping {
  const packed = variants.find(({ format }) => format !== 'gguf' && format !== 'onnx');
  const { paths, sizes } = listing(model);
  return callRepository((core) =>
    core.group_files(paths, sizes, packed?.quantization, packed?.grade ?? 'unknown'),
  );
}

/** Paths, and their bytes in the same order; `NaN` where not known. */
export function listing({ siblings = [] }: HFModel): { paths: string[]; sizes: Float64Array } {
  const sizes = siblings.map(({ size }) => size ?? Number.NaN);
  return { paths: siblings.map(({ rfilename }) => rfilename), sizes: Float64Array.from(sizes) };
}
