'use client';
import { useState } from 'react';
import { FACET_LABELS, FACETS, type FacetName } from '../lib/facet-names';
import { facetValues } from '../lib/facet-values';
import {
  type VerdictFilter as Choice,
  countFilters,
  type Filters,
  NO_FILTERS,
  toggle,
} from '../lib/filters';
import type { Selection } from '../lib/select-models';
import { Facet } from './facet';
import { ParameterFilter } from './parameter-filter';
import { VerdictFilter } from './verdict-filter';

interface Props {
  filters: Filters;
  selection: Selection;
  onFilters: (part: Partial<Filters>) => void;
}

/** All filters; folded on a narrow screen until asked for. */
export function FilterPanel({ filters, selection, onFilters }: Props) {
  const [open, setOpen] = useState(false);
  const set = countFilters(filters);
  const toggleFacet = (name: FacetName, value: string) =>
    onFilters({ facets: { ...filters.facets, [name]: toggle(filters.facets[name], value) } });
  const choose = (verdict: Choice) =>
    onFilters({ verdict, why: verdict === 'yes' ? [] : filters.why });
  return (
    <aside className="filters needs-script" aria-labelledby="filters-label">
      <button
        type="button"
        className="filters-button"
        aria-expanded={open}
        aria-controls="filters"
        onClick={() => setOpen(!open)}
      >
        Filters{set > 0 && ` (${set})`}
      </button>
      <div id="filters" className="filters-body" data-open={open}>
        <div className="filters-head">
          <h2 id="filters-label">Filters</h2>
          <button
            type="button"
            className="quiet"
            disabled={set === 0}
            onClick={() => onFilters({ ...NO_FILTERS, text: filters.text, sort: filters.sort })}
          >
            Clear
          </button>
        </div>
        <VerdictFilter chosen={filters.verdict} counts={selection.verdicts} onChoose={choose} />
        <ParameterFilter
          most={filters.maxParameters}
          onMost={(maxParameters) => onFilters({ maxParameters })}
        />
        {FACETS.map((name) => (
          <Facet
            key={name}
            label={FACET_LABELS[name]}
            values={facetValues[name]}
            chosen={filters.facets[name]}
            counts={selection.facets[name]}
            onToggle={(value) => toggleFacet(name, value)}
          />
        ))}
      </div>
    </aside>
  );
}
