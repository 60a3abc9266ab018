// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    InitInput,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/* eslint-disable */

/**
 * Many models, opened from the shards of a snapshot. Free it when done.
 */
export class Catalog {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Takes a shard, and whether all of the snapshot is there with it. Throws, and stays as it was, where the bytes are no
     * whole shard that continues what is there.
     */
    add(shard: Uint8Array | number[], whole: boolean): void;
    /**
     * Makes room for so many models, as the manifest promises: what is made at once is not made again and again.
     */
    expect(rows: number): void;
    /**
     * The model with this id.
     */
    get(id: string): string | undefined;
    /**
     * How many models there are from each type of data to each other.
     */
    matrix(): string;
    /**
     * A catalog without models.
     */
    constructor();
    /**
     * Chains of tasks from one type of data to another.
     */
    pipelines(from: string, to: string): string;
    /**
     * How many places of rows there are, those of removed ones among them.
     */
    places(): number;
    /**
     * Builds what typos, suggestions and likeness need, by so many names at a time; says whether it is done.
     */
    prepare(names: number): boolean;
    /**
     * Answers a query, whose values come as bytes (`src/catalog/query/value.rs`).
     */
    query(query: Uint8Array | number[]): string;
    /**
     * The models at so many places, from one on.
     */
    rows(start: number, count: number): string;
    /**
     * Models that are like the one with this id; none where there is no such model.
     */
    similar(id: string, limit: number): string;
    /**
     * How many models there are.
     */
    size(): number;
    /**
     * What somebody who typed this may mean.
     */
    suggest(text: string, limit: number): string;
    /**
     * Tags whose models trend.
     */
    trending_tags(limit: number): string;
}

export function __wbg_reset_state(): void;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_catalog_free: (a: number, b: number) => void;
    readonly catalog_add: (a: number, b: number, c: number, d: number) => [number, number];
    readonly catalog_expect: (a: number, b: number) => void;
    readonly catalog_get: (a: number, b: number, c: number) => [number, number];
    readonly catalog_matrix: (a: number) => [number, number];
    readonly catalog_new: () => number;
    readonly catalog_pipelines: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly catalog_places: (a: number) => number;
    readonly catalog_prepare: (a: number, b: number) => number;
    readonly catalog_query: (a: number, b: number, c: number) => [number, number, number, number];
    readonly catalog_rows: (a: number, b: number, c: number) => [number, number];
    readonly catalog_similar: (a: number, b: number, c: number, d: number) => [number, number];
    readonly catalog_size: (a: number) => number;
    readonly catalog_suggest: (a: number, b: number, c: number, d: number) => [number, number];
    readonly catalog_trending_tags: (a: number, b: number) => [number, number];
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_start: () => void;
}

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
