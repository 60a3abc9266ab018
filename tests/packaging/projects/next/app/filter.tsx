'use client';

import { filterCompatibleModels, type HFModel } from 'hubfit';
import sample from 'hubfit/sample.json';
import { useMemo, useState } from 'react';

const MODELS = sample as HFModel[];

/** Filters in the visitor's browser; rendered on the server too, where it must find the same. */
export function Filter() {
  const [only, setOnly] = useState(true);
  const [query, setQuery] = useState('');
  const found = useMemo(() => {
    const named = MODELS.filter(({ id }) => id.toLowerCase().includes(query.toLowerCase()));
    return only ? filterCompatibleModels(named) : named;
  }, [only, query]);
  return (
    <section>
      <input id="query" value={query} onChange={({ target }) => setQuery(target.value)} />
      <input id="only" type="checkbox" checked={only} onChange={() => setOnly(!only)} />
      <output id="count">{found.length}</output>
    </section>
  );
}
