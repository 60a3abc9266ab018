// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    InitInput,
    ReadStep,
    SyncInitInput,
} from './types.d.ts';

export type * from './types.d.ts';

/**
 * Reads the header of one model file. Free it when done.
 */
export class FileReader {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Takes the bytes of the range it asked for last: all of them, or fewer where the file ends.
     */
    feed(bytes: Uint8Array | number[]): ReadStep;
    /**
     * A reader of a format, for a file of that many bytes, where that is known.
     */
    constructor(format: string, size?: number | null);
    /**
     * The bytes it wants first.
     */
    start(): Float64Array;
}

export function __wbg_reset_state(): void;

/**
 * The format of a file, by its name or, where that does not tell, by its first bytes.
 */
export function file_format(path: string, start: Uint8Array | number[]): string | undefined;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_filereader_free: (a: number, b: number) => void;
    readonly file_format: (a: number, b: number, c: number, d: number) => [number, number];
    readonly filereader_feed: (a: number, b: number, c: number) => [number, number, number];
    readonly filereader_new: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly filereader_start: (a: number) => [number, number];
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
