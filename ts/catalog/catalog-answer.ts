import type { FitClass, NameField, NamesField, NumberField } from './catalog-query.ts';
import type { CatalogRow } from './catalog-row.ts';

/** What a catalog answers. */
export interface CatalogAnswer {
  /** Models that pass; with `group`, groups. */
  total: number;
  /** Those of the page. */
  rows: CatalogHit[];
  /** In the order in which they were asked for. */
  facets: CatalogFacet[];
  /** Whether models may be missing, since not all of the snapshot is there yet. */
  partial: boolean;
  /** For `page.after` of the next page; left out after the last. */
  next?: string;
  /** What was perhaps meant, where nothing was found. */
  correction?: string;
}

/** A model that passes. */
export interface CatalogHit extends CatalogRow {
  /** How it fits, where the query has a budget. */
  fit?: FitClass;
  /** Bytes that its smallest variant needs. */
  need?: number;
  /** Where the words of the query stand in the id: pairs of start and end. */
  highlights?: [number, number][];
  /** With `group`: how many models of its group pass, itself among them. */
  members?: number;
  /** With `group`: the id of the largest of them that fits; without a budget of the largest. */
  best?: string;
}

/** How many models have what. */
export type CatalogFacet = NamesFacet | NumbersFacet;

/** Counts by name. */
export interface NamesFacet {
  field: NameField | NamesField | 'fit';
  values: FacetValue[];
  /** How many further names there are. */
  more: number;
  /** Models without a name. */
  none: number;
}

/** A name and how many models have it: all that pass the other filters. */
export interface FacetValue {
  name: string;
  count: number;
  /** Whether the query asks for it. */
  selected?: true;
}

/** A histogram, with the same bars whatever is asked. */
export interface NumbersFacet {
  field: NumberField;
  /** The least number of the whole catalog; null where none is known. */
  min: number | null;
  max: number | null;
  buckets: { from: number; to: number; count: number }[];
  /** Models without a number. */
  none: number;
}

/** What somebody who types may mean. */
export interface Suggestion {
  kind: 'word' | 'author' | 'family' | 'task' | 'model';
  text: string;
  /** How many models have it. */
  count: number;
  /** Their downloads. */
  downloads: number;
}

/** A model that is like another. */
export interface SimilarModel extends CatalogRow {
  /** From 0 to 1. */
  similarity: number;
}

/** How many models take one type of data and give another. */
export interface CatalogMatrix {
  /** Types that go in, the most common first. */
  inputs: string[];
  /** Types that come out, the most common first. */
  outputs: string[];
  /** By input, then by output. */
  counts: number[][];
}

/** A chain of tasks. */
export interface CatalogPipeline {
  steps: PipelineStep[];
}

/** One task of a chain. */
export interface PipelineStep {
  task: string;
  input: string;
  output: string;
  /** How many models do this. */
  count: number;
  /** The most downloaded of them. */
  model: string;
}

/** A tag whose models trend. */
export interface TrendingTag {
  tag: string;
  /** The sum of the models' trending scores. */
  score: number;
  count: number;
}
