import { extractModelMetadata, type HFModel, type ModelMetadata } from 'hubfit';
import sample from 'hubfit/sample.json';
import type { FacetName } from './facet-names';

/** A listing item with what is derived from it once, whatever the worker. */
export interface Model {
  item: HFModel;
  metadata: ModelMetadata;
  /** The id as it is searched. */
  text: string;
  facets: Record<FacetName, readonly string[]>;
}

/** The embedded sample, as the Hub would list it. */
export const models: readonly Model[] = (sample as readonly HFModel[]).map(describe);

function describe(item: HFModel): Model {
  const metadata = extractModelMetadata(item);
  return { item, metadata, text: item.id.toLowerCase(), facets: facets(metadata) };
}

function facets(metadata: ModelMetadata): Model['facets'] {
  return {
    family: [metadata.architecture],
    format: metadata.formats.length > 0 ? metadata.formats : ['unknown'],
    task: [metadata.task ?? 'unknown'],
    quant: quantizations(metadata),
  };
}

/** No label means "not quantized" only where something says so. */
function quantizations({ quantizations, evidence }: ModelMetadata): readonly string[] {
  if (quantizations.length > 0) return quantizations;
  return [evidence.quantization.grade === 'unknown' ? 'unknown' : 'not quantized'];
}
