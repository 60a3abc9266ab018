// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    InitInput,
    KnownRuntime,
    RuntimeSupport,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/**
 * All runtimes that are known.
 */
export interface RuntimeTable {
    runtimes: KnownRuntime[];
}

export function __wbg_reset_state(): void;

/**
 * The facts that came with the module, packed: the file that a site can serve and refresh.
 */
export function embedded_facts(): Uint8Array;

/**
 * What a licence allows, by its id in a model card: `open`, `restricted`, `non-commercial`, `unknown`.
 */
export function license_class(license: string): string;

/**
 * The runtimes, with releases and lists.
 */
export function list_runtimes(): RuntimeTable;

/**
 * Replaces the facts; throws, and keeps those in use, where the bytes are no whole file of facts.
 */
export function load_facts(bytes: Uint8Array | number[]): void;

/**
 * What the lists of a runtime, `vllm@0.33.0`, say of a name.
 */
export function runtime_support(runtime: string, name: string): RuntimeSupport;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly embedded_facts: () => [number, number];
    readonly license_class: (a: number, b: number) => [number, number];
    readonly list_runtimes: () => [number, number, number];
    readonly load_facts: (a: number, b: number) => [number, number];
    readonly runtime_support: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_externrefs: WebAssembly.Table;
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
