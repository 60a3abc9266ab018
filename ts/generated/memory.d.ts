// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    InitInput,
    LlamaCppEstimate,
    Plan,
    RuntimeMemory,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/**
 * A model, decoded. Free it when done.
 */
export class ModelMemory {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * What it takes in a runtime of llama.cpp's family with these options as JSON.
     */
    estimate(options: string): LlamaCppEstimate;
    /**
     * The same with a small model whose guesses it checks.
     */
    estimate_with(options: string, draft: ModelMemory): LlamaCppEstimate;
    /**
     * What it takes in any runtime that is known, by its id; hardware as JSON, empty where it is not known, and settings
     * of the runtime as JSON; its components as JSON, `[{ name, bytes, largest }]`, empty where it is taken as a whole.
     */
    in_runtime(runtime: string, hardware: string, settings: string, components: string): RuntimeMemory;
    /**
     * A model by `{ geometry, weights, bytes }` as JSON: its geometry, the weight layouts of its files, and the bytes
     * of all of them where those are of another variant or not known.
     */
    constructor(model: string);
    /**
     * Which of its variants to take: variants and other models as JSON, and options as for `estimate`.
     */
    plan(subject: string, options: string): Plan;
    /**
     * The same in any other runtime, by its id, with its settings as JSON; hardware as for `in_runtime`.
     */
    plan_in_runtime(runtime: string, subject: string, hardware: string, settings: string): Plan;
}

export function __wbg_reset_state(): void;

/**
 * The ids of the runtimes whose memory is known.
 */
export function memory_runtimes(): string[];

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_modelmemory_free: (a: number, b: number) => void;
    readonly memory_runtimes: () => [number, number];
    readonly modelmemory_estimate: (a: number, b: number, c: number) => [number, number, number];
    readonly modelmemory_estimate_with: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly modelmemory_in_runtime: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number];
    readonly modelmemory_new: (a: number, b: number) => [number, number, number];
    readonly modelmemory_plan: (a: number, b: number, c: number, d: number, e: number) => [number, number, number];
    readonly modelmemory_plan_in_runtime: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
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
