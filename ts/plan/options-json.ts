import { toJson } from '../core/to-json.ts';
import type { FileFacts, KeyValue } from '../generated/readers.d.ts';
import { findHardware } from '../hardware/find-hardware.ts';
import type { EstimateOptions } from './estimate-options.ts';

/** More layers than any model has. */
const ALL = 100_000;

/** The options as the core reads them: texts looked up, files cut down to what is needed of them. */
export function optionsJson(options: EstimateOptions): string {
  const { variant, hardware, gpuLayers, cpuMoe, mmproj, lora, draft, ...plain } = options;
  const { model, ...drafting } = draft ?? {};
  return toJson('options', {
    ...plain,
    ...(gpuLayers !== undefined && gpuLayers !== 'auto' && { gpuLayers: layers(gpuLayers) }),
    ...(cpuMoe !== undefined && { cpuMoe: layers(cpuMoe) }),
    ...(mmproj && { mmproj: projector(mmproj) }),
    ...(lora && { lora: lora.map(bytes) }),
    ...(draft && { draft: drafting }),
    ...(hardware !== undefined && { hardware: known(hardware) }),
  });
}

function layers(count: number | 'all'): number {
  return count === 'all' ? ALL : count;
}

function known(hardware: NonNullable<EstimateOptions['hardware']>): object {
  return typeof hardware === 'string' ? findHardware(hardware) : hardware;
}

function bytes(adapter: FileFacts | number): number {
  return typeof adapter === 'number' ? adapter : adapter.tensorBytes;
}

function projector(file: FileFacts): Record<string, unknown> {
  const value = (key: string): KeyValue | undefined =>
    file.keys.find((one) => one.key === key)?.value;
  const vision = (key: string): KeyValue | undefined => value(`clip.vision.${key}`);
  return {
    bytes: file.tensorBytes,
    kind: vision('projector_type') ?? value('clip.projector_type') ?? '',
    imageSize: vision('image_size'),
    patchSize: vision('patch_size'),
    embeddingLength: vision('embedding_length') ?? value('clip.audio.embedding_length'),
    feedForwardLength: vision('feed_forward_length') ?? value('clip.audio.feed_forward_length'),
    heads: vision('attention.head_count') ?? value('clip.audio.attention.head_count'),
    audio: value('clip.has_audio_encoder') === true,
  };
}
