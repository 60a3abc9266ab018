import type { HFModel } from '../hub/hf-model.ts';
import { extractModelMetadata } from './extract-model-metadata.ts';

/** The weight file whose header says most: of the usual variant, and of its shards the first. */
export function chooseFile(
  model: HFModel,
  config: Record<string, unknown> | undefined,
): string | undefined {
  const { format, quantization } = extractModelMetadata(model, config ? { config } : undefined);
  if (format !== 'gguf' && format !== 'safetensors') return undefined;
  const paths = model.siblings?.map(({ rfilename }) => rfilename) ?? [];
  const files = paths.filter(
    (path) => path.toLowerCase().endsWith(`.${format}`) && !SIDECAR.test(path),
  );
  const label = quantization?.toLowerCase();
  return files.find((path) => label && path.toLowerCase().includes(label)) ?? files[0];
}

/** Files that go with a model and are none. */
const SIDECAR = /mmproj|imatrix|(^|\/)mtp|-lora/i;
