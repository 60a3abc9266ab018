/** Fields with one name a row. */
export type NameField =
  | 'author'
  | 'family'
  | 'task'
  | 'library'
  | 'license'
  | 'licenseClass'
  | 'gated'
  | 'relation';

/** Fields with several names a row. */
export type NamesField =
  | 'formats'
  | 'quantizations'
  | 'languages'
  | 'runtimes'
  | 'providers'
  | 'tags'
  | 'inputs'
  | 'outputs';

/** Fields with a number. */
export type NumberField =
  | 'parameters'
  | 'activeParameters'
  | 'smallestSize'
  | 'recommendedSize'
  | 'largestSize'
  | 'context'
  | 'downloads'
  | 'likes'
  | 'trending'
  | 'created'
  | 'updated'
  | 'score'
  | 'fixedMemory'
  | 'hostMemory'
  | 'tokenMemory';

/** How a model fits into a budget of memory. */
export type FitClass = 'full' | 'partial' | 'no' | 'unknown';

/** Names that a row must have: one of them; or by `any`, `all`, `none`. An empty list asks for nothing. */
export type NamesWanted =
  | string
  | readonly string[]
  | {
      /** At least one of these. */
      any?: readonly string[];
      /** All of these; of fields with several names. */
      all?: readonly string[];
      /** None of these. */
      none?: readonly string[];
      /** Whether there is any name at all. */
      known?: boolean;
    };

/** The range of a number, ends included. */
export interface RangeWanted {
  min?: number;
  max?: number;
  /** Whether there is a number at all. */
  known?: boolean;
}

/** What rows must fulfil: every key. */
export type Where = { [F in NameField | NamesField]?: NamesWanted } & {
  [F in NumberField]?: RangeWanted;
} & {
  /** How it fits, by the query's `fit`. */
  fit?: FitClass | readonly FitClass[];
  and?: readonly Where[];
  or?: readonly Where[];
  not?: Where;
};

/** The memory that models are to fit into. */
export interface FitBudget {
  /** Bytes of the GPUs that models may use; 0 for a computer without. */
  gpu: number;
  /** Bytes of the computer's memory that models may use beside; where GPU and CPU share one memory, what of it `gpu` leaves. */
  ram?: number;
  /** Tokens of context; 4,096 where left out. */
  context?: number;
  /** The share of a cache of 16 bits: 0.53 for `q8_0`, 0.28 for `q4_0`; 1 where left out. */
  cacheFactor?: number;
  /** Rows that are known not to load in this runtime do not fit. */
  runtime?: string;
}

/** A facet to count. Its own filter (its key at the top of `where`) does not count, so that it can be widened. */
export interface FacetWanted {
  field: NameField | NamesField | NumberField | 'fit';
  /** Names at most; 10 where left out. */
  top?: number;
  /** The most frequent first, or by the alphabet; `count` where left out. */
  order?: 'count' | 'name';
  /** Only names that hold this text. */
  search?: string;
  /** Bars of a number's histogram; 20 where left out. */
  buckets?: number;
}

/** What rows are sorted by. Rows without a value come last. */
export interface SortWanted {
  by: NameField | NumberField | 'fit' | 'relevance';
  order?: 'asc' | 'desc';
}

/** Which rows of the answer. */
export interface PageWanted {
  /** 20 where left out, 10,000 at most. */
  limit?: number;
  /** Rows to leave out before the page. */
  offset?: number;
  /** Goes on where another answer's `next` says. */
  after?: string;
}

/** A question to a catalog. */
export interface CatalogQuery {
  /** Words that all must be found in the id, or in author, family, task, library or tags; `"a phrase"`, `-not this`. */
  text?: string;
  where?: Where;
  fit?: FitBudget;
  facets?: readonly (FacetWanted['field'] | FacetWanted)[];
  /** By relevance where there is text, else by downloads, where left out. */
  sort?: readonly (SortWanted['by'] | SortWanted)[];
  page?: PageWanted;
  /** `base`: quantized and fine-tuned models under their base model. */
  group?: 'base';
}
