import type { FacetName } from './facet-names';
import { models } from './models';

/** All values of a facet, the most frequent first: an order that no filter changes. */
export const facetValues: Readonly<Record<FacetName, readonly string[]>> = {
  family: values('family'),
  format: values('format'),
  task: values('task'),
  quant: values('quant'),
};

/** Families that several models of the sample have, for the worker's form. */
export const commonFamilies: readonly string[] = facetValues.family.filter(
  (family) => family !== 'unknown' && frequency('family').get(family) !== 1,
);

/** Every family and exact model type of the sample. */
export const knownArchitectures: readonly string[] = [
  ...new Set(models.flatMap(({ metadata }) => [metadata.architecture, metadata.modelType ?? ''])),
]
  .filter((name) => name !== 'unknown' && name !== '')
  .sort();

function values(facet: FacetName): readonly string[] {
  const entries = [...frequency(facet)];
  return entries
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'))
    .map(([value]) => value);
}

function frequency(facet: FacetName): Map<string, number> {
  const counts = new Map<string, number>();
  for (const model of models) {
    for (const value of model.facets[facet]) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
