// What a consumer writes; it must mean the same under each module resolution.
import {
  type CompatibilityConfidence,
  type CompatibilityResult,
  checkModelCompatibility,
  checkModelWorkerCompatibility,
  extractModelMetadata,
  filterCompatibleModels,
  getHuggingFaceModel,
  type HFModel,
  HubfitError,
  iterateHuggingFaceModels,
  listCompatibleModels,
  type ModelMetadata,
  type SearchOptions,
  type WorkerProfile,
} from 'hubfit';
import { checkModelCompatibility as onNode } from 'hubfit/node';
import { initHubfit, referenceWorker } from 'hubfit/slim';

const model: HFModel = { id: 'acme/tiny', siblings: [{ rfilename: 'model.gguf', size: 1 }] };
const worker: WorkerProfile = { name: 'mine', architectures: ['llama'], maxContextLength: 4096 };
const options: SearchOptions = { limit: 10, sort: 'popular', target: { worker } };

export const result: CompatibilityResult = checkModelCompatibility(model, { worker });
export const metadata: ModelMetadata = extractModelMetadata(model);
export const sure: CompatibilityConfidence = checkModelWorkerCompatibility(metadata).confidence;
export const kept: HFModel[] = filterCompatibleModels([model], { worker });
export const same: typeof checkModelCompatibility = onNode;

export async function use(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  initHubfit(bytes);
  initHubfit(new WebAssembly.Module(bytes));
  const standard: WorkerProfile = referenceWorker();
  try {
    for await (const { id } of iterateHuggingFaceModels({ search: 'llama' })) return id;
    const [first] = await listCompatibleModels(options);
    return (await getHuggingFaceModel(first?.id ?? '')).pipeline_tag ?? standard.name;
  } catch (error) {
    return error instanceof HubfitError ? `${error.code} ${error.status ?? ''}` : undefined;
  }
}

// @ts-expect-error a model needs its id
checkModelCompatibility({});
// @ts-expect-error a sort that does not exist
export const wrong: SearchOptions = { sort: 'best' };
