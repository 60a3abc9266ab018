// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    InitInput,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/* eslint-disable */

/**
 * Rows on their way into a snapshot. Free it when done.
 */
export class CatalogBuilder {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The shards, which use up the rows: `tiers` says how many rows come in the first tiers, by downloads.
     */
    finish(tiers: Uint32Array | number[]): Array<any>;
    /**
     * A builder without rows.
     */
    constructor();
    /**
     * Takes rows: a list of objects as JSON. Throws at the first that is none; those before it are taken.
     */
    push(rows: string): void;
}

/**
 * A snapshot that is compared with another. Free it when done.
 */
export class CatalogSnapshot {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Takes a shard. Throws, and stays as it was, where the bytes are no whole shard that continues what is there.
     */
    add(shard: Uint8Array | number[]): void;
    /**
     * Becomes another snapshot; gives the shard that does this, with the number of models that are `removed`.
     */
    become_other(other: CatalogSnapshot): any;
    /**
     * A snapshot without models.
     */
    constructor();
    /**
     * How many models there are.
     */
    size(): number;
}

export function __wbg_reset_state(): void;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_catalogbuilder_free: (a: number, b: number) => void;
    readonly __wbg_catalogsnapshot_free: (a: number, b: number) => void;
    readonly catalogbuilder_finish: (a: number, b: number, c: number) => any;
    readonly catalogbuilder_new: () => number;
    readonly catalogbuilder_push: (a: number, b: number, c: number) => [number, number];
    readonly catalogsnapshot_add: (a: number, b: number, c: number) => [number, number];
    readonly catalogsnapshot_become_other: (a: number, b: number) => [number, number, number];
    readonly catalogsnapshot_new: () => number;
    readonly catalogsnapshot_size: (a: number) => number;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __externref_table_dealloc: (a: number) => void;
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
