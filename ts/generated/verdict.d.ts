// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    CompatibilityResult,
    InitInput,
    SelectedRows,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/* eslint-disable */

export function __wbg_reset_state(): void;

/**
 * Levels of the models of a listing page on several targets: two bytes for each, model by model: the level in the order of
 * `Level`, 255 for a row that could not be read, and the certainty in percent.
 */
export function assess_models(models: Uint8Array | number[], targets: string[]): Uint8Array;

/**
 * Checks a model, a listing item's JSON with more evidence as JSON, against a runtime.
 */
export function check_runtime_compatibility(model: string, evidence: string, target: string): CompatibilityResult;

/**
 * The rows of a listing page that are compatible with a runtime.
 */
export function filter_runtime_compatible(models: Uint8Array | number[], target: string): SelectedRows;

/**
 * A tag of the Hub that every model the runtime loads carries, if there is one.
 */
export function hub_tag(target: string): string | undefined;

/**
 * Takes the facts to judge by; throws, and keeps those in use, where the bytes are no whole file of facts.
 */
export function use_facts(bytes: Uint8Array | number[]): void;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly assess_models: (a: number, b: number, c: number, d: number) => [number, number, number, number];
    readonly check_runtime_compatibility: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly filter_runtime_compatible: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly hub_tag: (a: number, b: number) => [number, number, number, number];
    readonly use_facts: (a: number, b: number) => [number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_drop_slice: (a: number, b: number) => void;
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
