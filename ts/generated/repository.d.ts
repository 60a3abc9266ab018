// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    ConfigFacts,
    Geometry,
    Grouping,
    InitInput,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/**
 * Config files of a repository. Free it when done.
 */
export class ConfigFiles {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * One more, whole.
     */
    add(path: string, bytes: Uint8Array | number[]): void;
    /**
     * What they say together, whatever order they came in.
     */
    facts(): ConfigFacts;
    /**
     * None yet.
     */
    constructor();
}

export function __wbg_reset_state(): void;

/**
 * The geometry that the bytes of a `config.json` describe.
 */
export function geometry_of_config(config: Uint8Array | number[]): Geometry;

/**
 * The files of a repository, grouped into variants and sidecars; paths and bytes as for `wanted_configs`. With what is
 * known of weights whose names do not tell how they are packed: the label, and its grade.
 */
export function group_files(paths: string[], sizes: Float64Array | number[], packed: string | null | undefined, grade: string): Grouping;

/**
 * The config files of a repository that are worth fetching, the most telling first; from all its paths, and their
 * bytes in the same order (`NaN` where not known).
 */
export function wanted_configs(paths: string[], sizes: Float64Array | number[]): string[];

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_configfiles_free: (a: number, b: number) => void;
    readonly configfiles_add: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly configfiles_facts: (a: number) => [number, number, number];
    readonly configfiles_new: () => number;
    readonly geometry_of_config: (a: number, b: number) => [number, number, number];
    readonly group_files: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number) => [number, number, number];
    readonly wanted_configs: (a: number, b: number, c: number, d: number) => [number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __externref_drop_slice: (a: number, b: number) => void;
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
