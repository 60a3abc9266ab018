import type { Model } from '../lib/models';
import { compact, exact } from '../lib/words';
import { Fact } from './fact';

/** The figures of a row. */
export function ModelFacts({ model }: { model: Model }) {
  const { item, metadata, facets } = model;
  const { evidence, parameterCount } = metadata;
  return (
    <dl className="facts">
      <Fact label="Family" grade={evidence.architecture.grade}>
        <Family family={metadata.architecture} type={metadata.modelType} />
      </Fact>
      <Fact label="Parameters" grade={evidence.parameters.grade}>
        {parameterCount === null ? undefined : metadata.parameters}
      </Fact>
      <Fact label="Formats" grade={evidence.format.grade}>
        {metadata.formats.join(', ')}
      </Fact>
      <Fact label="Quantization" grade={evidence.quantization.grade}>
        <Labels labels={facets.quant} />
      </Fact>
      <Fact label="Context" grade={evidence.maxContextLength.grade}>
        {exact(metadata.maxContextLength)}
      </Fact>
      <Fact label="Downloads">
        {item.downloads === undefined ? undefined : compact(item.downloads)}
      </Fact>
    </dl>
  );
}

function Family({ family, type }: { family: string; type: string | null }) {
  if (type === null || type === family) return family;
  return (
    <>
      {family} <span className="muted">{type}</span>
    </>
  );
}

const SHOWN = 3;

function Labels({ labels }: { labels: readonly string[] }) {
  const more = labels.length - SHOWN;
  return more > 0 ? `${labels.slice(0, SHOWN).join(', ')} and ${more} more` : labels.join(', ');
}
