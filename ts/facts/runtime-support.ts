import { callFacts } from '../core/call-facts.ts';
import type { RuntimeSupport } from '../generated/facts.d.ts';

/** What is asked of the knowledge base. */
export interface RuntimeSupportOptions {
  /** `vllm`, `llama.cpp`, an alias such as `mlx`; with a version after `@` if `version` is not given. */
  runtime: string;
  /** Exactly as lists have it: `LlamaForCausalLM`, `qwen3`, `Q4_K`, `awq`. */
  name: string;
  /** `0.33.0`, `b9000`; the newest that was read where it is not given. */
  version?: string;
}

/**
 * What the lists of a runtime say of a name, each row with its interval of versions and its source. A name that no
 * list has is no error: `rows` is empty, and `near` has names that are written alike.
 *
 * @throws {HubfitError} `invalid_argument`, with the nearest names, for a runtime that is not known, or for what is
 * no version of it
 */
export function runtimeSupport({ runtime, name, version }: RuntimeSupportOptions): RuntimeSupport {
  const asked = version === undefined ? String(runtime) : `${runtime}@${version}`;
  return callFacts((core) => core.runtime_support(asked, String(name)));
}
