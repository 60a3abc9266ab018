import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { Hardware, WorkerProfile } from '../generated/core.d.ts';
import type { BrowserLimits } from '../hardware/probe-browser.ts';

/** What a model is checked against: a runtime at a version, or a worker; the reference worker where neither is given. */
export type Target = WorkerTarget | RuntimeTarget;

/** A worker: limits that the caller knows. */
export interface WorkerTarget {
  /** The reference worker where left out. */
  worker?: WorkerProfile;
  runtime?: undefined;
}

/** A runtime, what it runs on, and what for. What is left out is not looked at. */
export interface RuntimeTarget {
  worker?: undefined;
  /** `vllm@0.33.0`, `llama.cpp@b9000`; without a version the newest that was read. */
  runtime: string;
  /** `RTX 4090`, `2x3090 + 64 GB RAM`, or what `findHardware` or `detectHardware` gave. */
  hardware?: string | Hardware | (Hardware & { browser: BrowserLimits | null });
  /** What a browser allows; taken from `detectHardware` where `hardware` is what that gave. */
  browser?: Partial<BrowserLimits>;
  /** The one variant that is meant, by its label (`Q4_K_M`) or format (`gguf`); else the one that runs best. */
  variant?: string;
  /** Tokens of context. */
  contextLength?: number;
  /** Sequences at the same time. */
  parallel?: number;
  /** How keys of the cache are stored: `q8_0`, `fp8`. */
  cacheTypeK?: string;
  /** How values of the cache are stored. */
  cacheTypeV?: string;
  /** `auto`, the runtime's own choice, where left out. */
  flashAttention?: 'auto' | 'on' | 'off';
  /** The type that weights are computed in, `float16`; the model's own where left out. */
  dtype?: string;
  /** A LoRA adapter that is loaded on top. */
  lora?: { rank?: number };
  /** What the model is wanted for. */
  uses?: ('chat' | 'tools' | 'vision' | 'embeddings')[];
  /** Whether code that comes with a model may run. */
  trustRemoteCode?: boolean;
}

/** The worker's JSON for the core; empty stands for the reference worker. */
export function workerJson(target: Target | undefined): string {
  if (target === undefined) return '';
  if (typeof target !== 'object' || target === null || Array.isArray(target)) {
    const found = String(target);
    throw wrong(`expected { worker } or { runtime, hardware, … }, found ${found}`);
  }
  // A worker in place of the target would change nothing in silence.
  const unknown = Object.keys(target).find((key) => key !== 'worker' && key !== 'runtime');
  if (unknown === undefined) return toJson('worker', target.worker);
  throw wrong(`unknown key "${unknown}"; known are worker, or runtime and what goes with it`);
}

/** The JSON of a target with a runtime; none of another. */
export function runtimeJson(target: Target | undefined): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  if (target.runtime === undefined && !('hardware' in target)) return undefined;
  if (target.worker !== undefined) throw wrong('expected a worker or a runtime, found both');
  const { hardware: asked, ...rest } = target as RuntimeTarget;
  if (asked === undefined) return toJson('target', rest);
  const hardware = typeof asked === 'string' ? named(asked) : asked;
  const { browser } = hardware as { browser?: BrowserLimits | null };
  return toJson('target', { ...rest, hardware, ...(browser ? { browser } : {}) });
}

function named(text: string): Hardware {
  return callCore((core) => core.find_hardware(text));
}

function wrong(message: string): HubfitError {
  return new HubfitError('invalid_argument', `target: ${message}`);
}
