// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

import type {
    CompatibilityResult,
    Hardware,
    InitInput,
    KnownDevice,
    ListPage,
    ModelMetadata,
    SelectedRows,
    SyncInitInput,
    WorkerProfile,
} from './types.d.ts';

export type * from './types.d.ts';

/* eslint-disable */

/**
 * All devices of the table.
 */
export interface DeviceTable {
    devices: KnownDevice[];
}

export function __wbg_reset_state(): void;

/**
 * What is assumed of the rate limit for a path: a `Pace` for `take_turn` and `hear_pace`.
 */
export function assumed_pace(path: string, authenticated: boolean): Float64Array;

/**
 * Throws where the answer of the single-model route, an `Answer` as JSON, is no model.
 */
export function check_model_answer(answer: string, body: Uint8Array | number[]): void;

/**
 * Checks a model against a worker, the reference worker where its JSON is empty.
 */
export function check_model_compatibility(model: string, evidence: string, worker: string): CompatibilityResult;

/**
 * Checks metadata against a worker, the reference worker where its JSON is empty.
 */
export function check_model_worker_compatibility(metadata: string, worker: string): CompatibilityResult;

/**
 * What we know of a model: a listing item's JSON, and more evidence as JSON.
 */
export function extract_model_metadata(model: string, evidence: string): ModelMetadata;

/**
 * What the body of an answer to a read up to byte `end` holds: `range`, `whole` (the file from its start) or
 * `nothing`; throws where it is an error.
 */
export function file_part(answer: string, end: number): 'range' | 'whole' | 'nothing';

/**
 * Path of a file of a model.
 */
export function file_path(id: string, revision: string, file: string): string;

/**
 * The rows of a listing page that are compatible with a worker, the reference worker where its JSON is empty.
 */
export function filter_compatible_models(page: Uint8Array | number[], worker: string): SelectedRows;

/**
 * The same with the rows that are compatible with a worker, the reference worker where its JSON is empty.
 */
export function filter_list_answer(answer: string, body: Uint8Array | number[], worker: string): ListPage;

/**
 * The hardware that a text names: `2x3090 + 64 GB RAM`.
 */
export function find_hardware(text: string): Hardware;

/**
 * Path and query of a listing's first page, from a `ListQuery` as JSON.
 */
export function first_page(query: string, page_size: number): string;

/**
 * Learns from an answer, an `Answer` as JSON, what is left of a `Pace`; `readable` says whether all its headers
 * can be read.
 */
export function hear_pace(pace: Float64Array, now: number, answer: string, readable: boolean): void;

/**
 * Scheme, host and path of a Hub; throws for another address, and for a token that no header can hold.
 */
export function hub_base(hub_url: string, access_token: string): string;

/**
 * Whether metadata is compatible with a worker, the reference worker where its JSON is empty.
 */
export function is_model_compatible(metadata: string, worker: string): boolean;

/**
 * The table of devices.
 */
export function list_hardware(): DeviceTable;

/**
 * Path and query of one model with its file sizes, from `{ id, revision?, fields? }` as JSON: all that the Hub
 * tells, or these fields and `siblings` only where they name them.
 */
export function model_path(options: string): string;

/**
 * Reads the list route's answer (an `Answer` as JSON) with all rows that can be read.
 */
export function read_list_answer(answer: string, body: Uint8Array | number[]): ListPage;

/**
 * The reference worker.
 */
export function reference_worker(): WorkerProfile;

/**
 * Milliseconds before a request that failed is sent again; none where another try would change nothing.
 */
export function retry_wait(status: number, asked: number | null | undefined, failures: number, random: number): number | undefined;

/**
 * Takes a turn of a `Pace`: 0 where a request may be sent now, else the milliseconds until one may ask again.
 */
export function take_turn(pace: Float64Array, now: number, share: number): number;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly assumed_pace: (a: number, b: number, c: number) => [number, number];
    readonly check_model_answer: (a: number, b: number, c: number, d: number) => [number, number];
    readonly check_model_compatibility: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly check_model_worker_compatibility: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly extract_model_metadata: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly file_part: (a: number, b: number, c: number) => [number, number, number, number];
    readonly file_path: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number, number];
    readonly filter_compatible_models: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly filter_list_answer: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly find_hardware: (a: number, b: number) => [number, number, number];
    readonly first_page: (a: number, b: number, c: number) => [number, number, number, number];
    readonly hear_pace: (a: number, b: number, c: any, d: number, e: number, f: number, g: number) => [number, number];
    readonly hub_base: (a: number, b: number, c: number, d: number) => [number, number, number, number];
    readonly is_model_compatible: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly list_hardware: () => [number, number, number];
    readonly model_path: (a: number, b: number) => [number, number, number, number];
    readonly read_list_answer: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly reference_worker: () => [number, number, number];
    readonly retry_wait: (a: number, b: number, c: number, d: number) => [number, number];
    readonly take_turn: (a: number, b: number, c: any, d: number, e: number) => number;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
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
