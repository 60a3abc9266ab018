// The figures of other projects, as their files have them, by model.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from '../lib/run.mjs';
import { isPositive } from './lib.mjs';

/** How a row names where its figures are from. */
export const SRC = {
  llmfit: 'llmfit: llmfit-core/data/hf_models.json',
  llmfitBase: 'llmfit: llmfit-core/data/hf_models.json (base model)',
  local: 'localmodel.run: model catalogue',
  ods: 'ODS: model library',
  localai: 'LocalAI: gallery/index.yaml',
  webllm: 'web-llm: src/config.ts',
  ome: 'ome: config fixtures',
  vec: 'huggingface.js: client tests',
  mteb: 'mteb: mteb/models/model_implementations',
  floor: 'Hub API: earliest createdAt',
  tree: 'Hub API: tree of google-bert/bert-base-uncased at dd4bc8b',
  ggufBlock: 'Hub API: gguf block of unsloth/Qwen3.5-4B-GGUF',
  known: 'common knowledge of the repository',
};

/** Reads all source files of a folder. */
export function readSources(folder) {
  const read = (name) => readJson(join(folder, name));
  const catalogue = read('model-quant-sizes.json').filter((entry) => entry.hf_id);
  return {
    llmfit: new Map(read('models.json').map((entry) => [entry.name, entry])),
    // The first of an id counts.
    local: new Map(catalogue.reverse().map((entry) => [entry.hf_id, entry])),
    configs: read('hf-configs.json'),
    pins: pinned(read('ods-model-library.json')),
    uris: byRepository(read('gguf-uris.json')),
    webllm: new Set(
      read('webllm-prebuilt-vram.json').map(({ model }) =>
        model.replace('https://huggingface.co/', ''),
      ),
    ),
  };
}

function readJson(file) {
  if (!existsSync(file)) {
    throw new Stop(`${file} is missing; facts/sample/README.md lists the source files`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** GGUF files with their size, by repository. */
function pinned(library) {
  const pattern = /^https:\/\/huggingface\.co\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/;
  const pins = new Map();
  for (const { gguf_url = '', size_bytes: size, max_context_length: context } of library) {
    const [, id, file] = pattern.exec(gguf_url) ?? [];
    if (id) pins.set(id, [...(pins.get(id) ?? []), { file, size, context }]);
  }
  return pins;
}

/** GGUF file names, by repository. */
function byRepository(all) {
  const pattern =
    /^(?:https:\/\/huggingface\.co\/|huggingface:\/\/|hf:\/\/)([^/]+\/[^/]+)\/(?:resolve\/[^/]+\/)?([^?]+)/;
  const names = new Map();
  for (const uri of all) {
    const [, id, file] = pattern.exec(uri) ?? [];
    if (id) names.set(id, new Set([...(names.get(id) ?? []), decodeURIComponent(file)]));
  }
  return names;
}

/** The parameters, where the figure is a count and not one rounded to a million. */
export function exactParameters(figures) {
  const count = figures?.parameters_raw;
  return isPositive(count) && count % 1e6 !== 0 ? count : undefined;
}
