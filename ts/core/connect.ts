import { type ErrorCode, HubfitError } from './hubfit-error.ts';

/** What wasm-bindgen writes for a module, as far as all modules have it. */
interface Glue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  __wbg_reset_state(): void;
}

/** Calls a module. */
export type Call<G> = <T>(call: (core: G) => T) => T;

/**
 * Calls a module; the first call compiles it. What it throws becomes a `HubfitError`. `forget` is told when its state is
 * lost.
 */
export function connect<G extends Glue>(
  glue: G,
  load: () => WebAssembly.Module,
  forget?: () => void,
): Call<G> {
  let ready = false;
  return (call) => {
    try {
      if (!ready) glue.initSync({ module: load() });
      ready = true;
      return call(glue);
    } catch (error) {
      throw asHubfitError(error, glue, forget);
    }
  };
}

function asHubfitError(error: unknown, glue: Glue, forget?: () => void): unknown {
  if (error instanceof WebAssembly.RuntimeError) {
    // A trapped instance may hold half-changed state: the next call gets a fresh one.
    glue.__wbg_reset_state();
    forget?.();
    return new HubfitError('internal', `the core failed: ${error.message}`, { cause: error });
  }
  if (!(error instanceof Error) || !('code' in error) || error instanceof HubfitError) return error;
  const { status, retryAfter } = error as { status?: number; retryAfter?: number };
  return new HubfitError(error.code as ErrorCode, error.message, {
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
