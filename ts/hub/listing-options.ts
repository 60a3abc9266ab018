import type { ListQuery, SkippedRow } from '../generated/core.d.ts';
import type { HubOptions } from '../io/hub-options.ts';
import type { HubProgress } from '../io/hub-progress.ts';
import type { HFModel } from './hf-model.ts';

/** What the list route tells of every row it is asked about. */
type SentField =
  | 'createdAt'
  | 'disabled'
  | 'downloads'
  | 'downloadsAllTime'
  | 'gated'
  | 'lastModified'
  | 'likes'
  | 'private'
  | 'sha'
  | 'siblings'
  | 'spaces'
  | 'tags'
  | 'trendingScore';

/** What the list route tells where it is known. */
type KnownField =
  | 'author'
  | 'cardData'
  | 'config'
  | 'evalResults'
  | 'gguf'
  | 'inference'
  | 'inferenceProviderMapping'
  | 'library_name'
  | 'mask_token'
  | 'model-index'
  | 'pipeline_tag'
  | 'resourceGroup'
  | 'safetensors'
  | 'transformersInfo'
  | 'widgetData';

/** What one list call answers for a thousand models. */
export type ListRouteField = SentField | KnownField;

/** What the list route refuses: each model that is given costs one more request, as `perModel` in progress says. */
export type ModelRouteField = 'baseModels' | 'childrenModelCount' | 'usedStorage';

/** What a listing can be asked for. */
export type ListField = ListRouteField | ModelRouteField;

/** A model of a listing: what was asked for and is always told, is there. */
export type Listed<F extends ListField> = HFModel &
  Required<Pick<HFModel, Extract<F, SentField | 'childrenModelCount' | 'usedStorage'>>>;

/** The fields of a listing that names none. */
export type UsualField =
  | 'createdAt'
  | 'downloads'
  | 'gated'
  | 'lastModified'
  | 'likes'
  | 'sha'
  | 'siblings'
  | 'tags';

/** How a listing is going. */
export interface ListingProgress extends HubProgress {
  /** Rows seen. */
  scanned: number;
  /** The fields that cost a request for each model. */
  perModel: readonly ModelRouteField[];
}

/** What to list, and how. */
export interface ListingOptions<F extends ListField = UsualField>
  extends Omit<ListQuery, 'pageSize' | 'fields'>,
    HubOptions {
  /** What each row holds; everything a check needs where left out. */
  fields?: readonly F[];
  /** Rows wanted at most; 100 where left out. */
  limit?: number;
  /** Goes on where another listing stopped: a page's `next`, in this process or a later one; the query is that listing's. */
  next?: string;
  /** Requests at a time for fields that cost one for each model; 6 where left out. */
  concurrency?: number;
  /** Told of each row that could not be read and was left out. */
  onSkip?: (row: SkippedRow) => void;
  /** Told after each page, and of each wait. */
  onProgress?: (progress: ListingProgress) => void;
}
