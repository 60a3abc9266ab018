'use client';
import { memo } from 'react';
import type { Entry } from '../lib/select-models';
import { ModelRow } from './model-row';

interface Props {
  entries: readonly Entry[];
  query: string;
}

/** The models that are shown. */
export const ResultList = memo(function ResultList({ entries, query }: Props) {
  return (
    <ol className="results">
      {entries.map(({ model, verdict }) => (
        <ModelRow key={model.item.id} model={model} verdict={verdict} query={query} />
      ))}
    </ol>
  );
});
