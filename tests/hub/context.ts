// What every route of one local Hub has at hand, and the settings with their defaults.

import type { Faults } from './faults.ts';
import type { RateLimitSettings, RateLimits } from './rate-limit.ts';
import type { Store } from './store.ts';
import type { ExtraRepo, LoggedRequest, RepoFile, SampleModel, TokenInfo } from './types.ts';

export interface CorsSettings {
  /** Access-Control-Allow-Origin of requests without an Origin. */
  defaultOrigin?: string;
  /** [unconfirmed] in the contract: what a preflight on the Hub allows. */
  allowHeaders?: string;
  allowMethods?: string;
  preflightStatus?: number;
  /** Preflight on the CDN: `*` as now, or refused as in early 2026. */
  cdnPreflight?: 'star' | 'refuse';
  cdnExposeHeaders?: string;
}

export interface HubOptions {
  /** Default: `facts/sample/models.json`, or a small fixture where it is missing. */
  rows?: SampleModel[];
  extraRepos?: ExtraRepo[];
  /** Former id to current id, besides the legacy ids and `formerIds`. */
  renamed?: Record<string, string>;
  /** Accepted tokens, besides {@link TOKENS}. */
  tokens?: Record<string, TokenInfo>;
  rateLimit?: RateLimitSettings;
  cors?: CorsSettings;
  /** The clock of the rate limits, in milliseconds. */
  now?: () => number;
  /** [unconfirmed] Whether the API's JSON has an ETag, and answers 304. */
  apiEtags?: boolean;
  /** Delay of every answer, in milliseconds. */
  latencyMs?: number;
  /** Whether the task is among the tags; `filter=<task>` finds it either way. */
  taskInTags?: boolean;
  /** Give weights of unknown size an estimate instead of a small default size. */
  estimateSizes?: boolean;
  /** Whether the single route sends `usedStorage` unasked (the contract has it both ways). */
  usedStorageByDefault?: boolean;
  /** Rows per page of a tree with `expand=true`: 100 in the specification, 50 seen live. */
  expandedTreePage?: number;
  /** [unconfirmed] list parameters; ignored unless switched on. */
  listParameters?: Partial<Record<'language' | 'license' | 'other' | 'private' | 'ids', boolean>>;
  /** Send X-Xet-Hash, the Link headers of Xet and the file-info answer; off means plain HTTP only. */
  xet?: boolean;
  /** Compress small files when asked to, which drops Content-Length and Accept-Ranges. */
  gzipSmallFiles?: boolean;
  /** Seconds that a signed CDN address is valid. */
  cdnTtl?: number;
  /** Serve `/.local/faults` and `/.local/requests` for tests in other processes. */
  control?: boolean;
  host?: string;
  port?: number;
  cdnPort?: number;
  /** Origins to write into Link and Location when a proxy stands in front. */
  publicUrl?: string;
  publicCdnUrl?: string;
}

export interface HubContext {
  options: HubOptions;
  store: Store;
  faults: Faults;
  rateLimits: RateLimits;
  requests: LoggedRequest[];
  tokens: Record<string, TokenInfo>;
  /** Content that has been handed out an address, by storage hash. */
  cdnFiles: Map<string, RepoFile>;
  /** The CDN's origin; known once it listens. */
  cdnUrl: string;
}

/** Tokens that every local Hub knows: one without and one with access to everything. */
export const TOKENS = { reader: 'hf_localreader', granted: 'hf_localgranted' } as const;

export const DEFAULT_TOKENS: Record<string, TokenInfo> = {
  [TOKENS.reader]: { name: 'reader' },
  [TOKENS.granted]: { name: 'granted', grants: '*' },
};
