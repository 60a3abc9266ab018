'use client';
import { useCallback, useDeferredValue, useEffect, useMemo } from 'react';
import { NO_FILTERS, toggle } from '../lib/filters';
import { formatState, type GalleryState, parseState } from '../lib/gallery-state';
import { readQuery } from '../lib/query-store';
import { selectModels } from '../lib/select-models';
import { type UpdateFilters, useGalleryState } from '../lib/use-gallery-state';
import { verdictsFor } from '../lib/verdicts';
import { workerQuery } from '../lib/worker';
import { FilterPanel } from './filter-panel';
import { NoResults } from './no-results';
import { ReasonList } from './reason-list';
import { ResultList } from './result-list';
import { SearchBox } from './search-box';
import { SortSelect } from './sort-select';
import { SummaryLine } from './summary-line';
import { WorkerPanel } from './worker-panel';

/** The whole gallery. Controls follow the state at once, the list as soon as there is time. */
export function Gallery() {
  const [state, update] = useGalleryState();
  const { filters, worker } = state;
  const shown = useDeferredValue(state);
  const selection = useMemo(() => select(shown), [shown]);
  const onFilters: UpdateFilters = useCallback(
    (part, change) => update((now) => ({ filters: { ...now.filters, ...part } }), change),
    [update],
  );
  useEffect(() => reveal(shown), [shown]);
  const toggleReason = (code: string) =>
    onFilters({
      why: toggle(filters.why, code),
      verdict: filters.verdict === 'yes' ? 'all' : filters.verdict,
    });
  return (
    <div className="gallery">
      <WorkerPanel
        worker={worker}
        onWorker={(worker, change) => update(() => ({ worker }), change)}
      />
      <div className="toolbar">
        <SearchBox text={filters.text} onText={(text) => onFilters({ text }, 'typing')} />
        <SortSelect sort={filters.sort} onSort={(sort) => onFilters({ sort })} />
      </div>
      <div className="columns">
        <FilterPanel filters={filters} selection={selection} onFilters={onFilters} />
        <section className="list" aria-labelledby="models-label">
          <h2 id="models-label" className="hidden">
            Models
          </h2>
          <SummaryLine selection={selection} worker={shown.worker} />
          <ReasonList counts={selection.why} chosen={filters.why} onToggle={toggleReason} />
          <ResultList entries={selection.shown} query={workerQuery(shown.worker)} />
          {selection.shown.length === 0 && (
            <NoResults onClear={() => onFilters({ ...NO_FILTERS, sort: filters.sort })} />
          )}
        </section>
      </div>
    </div>
  );
}

function select({ filters, worker }: GalleryState) {
  return selectModels(verdictsFor(worker), filters);
}

/** Shows what was hidden, once the filters of a shared link are applied. */
function reveal(shown: GalleryState): void {
  const wanted = parseState(readQuery());
  if (formatState(shown) === formatState(wanted)) {
    delete document.documentElement.dataset.restoring;
  }
}
