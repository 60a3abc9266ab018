'use client';
import { memo } from 'react';
import type { Entry } from '../lib/select-models';
import { modelPath } from '../lib/site';
import { plural, sentence } from '../lib/words';
import { HubLink } from './hub-link';
import { ModelDetails } from './model-details';
import { ModelFacts } from './model-facts';
import { VerdictBadge } from './verdict-badge';

interface Props extends Entry {
  /** The worker's query, so that the model's own page checks against the same one. */
  query: string;
}

/** One model of the list. Rendered again only when its verdict changes. */
export const ModelRow = memo(function ModelRow({ model, verdict, query }: Props) {
  const { id } = model.item;
  return (
    <li className="row">
      <div className="row-head">
        <h3>
          <HubLink id={id}>{id}</HubLink>
        </h3>
        <VerdictBadge verdict={verdict} />
      </div>
      <RowLine model={model} />
      <Outcome verdict={verdict} />
      <ModelFacts model={model} />
      <div className="row-foot">
        <ModelDetails model={model} verdict={verdict} />
        <a href={modelPath(id) + query} className="to-page">
          Full verdict<span className="hidden"> of {id}</span>
        </a>
      </div>
    </li>
  );
});

/** The task, and what else of the listing is known. */
function RowLine({ model }: Pick<Entry, 'model'>) {
  const { likes, createdAt } = model.item;
  return (
    <p className="row-line">
      <span>{model.metadata.task ?? <span className="unknown">task unknown</span>}</span>
      {likes !== undefined && <span>{plural(likes, 'like')}</span>}
      {createdAt && <span>made {createdAt.slice(0, 10)}</span>}
    </p>
  );
}

/** What stands against the model, or what to mind. */
function Outcome({ verdict }: Pick<Entry, 'verdict'>) {
  const notes = verdict.compatible ? verdict.warnings : verdict.reasons;
  return notes.length > 0 && <p className="outcome">{notes.map(sentence).join('. ')}.</p>;
}
