/** The facets, by their key in the URL. */
export const FACETS = ['family', 'format', 'task', 'quant'] as const;

export type FacetName = (typeof FACETS)[number];

/** The facets in words. */
export const FACET_LABELS: Record<FacetName, string> = {
  family: 'Family',
  format: 'Format',
  task: 'Task',
  quant: 'Quantization',
};
