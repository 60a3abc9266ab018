import { loadModule } from '#module';
import * as glue from '../../pkg-web/hubfit.js';
import { HubfitError } from './hubfit-error.ts';

let ready = false;

/** Calls the core; the first call compiles it. What it throws becomes a `HubfitError`. */
export function callCore<T>(call: (core: typeof glue) => T): T {
  try {
    start();
    return call(glue);
  } catch (error) {
    throw asHubfitError(error);
  }
}

function start(): void {
  if (ready) return;
  glue.initSync({ module: loadModule() });
  ready = true;
}

function asHubfitError(error: unknown): unknown {
  if (error instanceof WebAssembly.RuntimeError) {
    // A trapped instance may hold half-changed state: the next call gets a fresh one.
    glue.__wbg_reset_state();
    return new HubfitError('internal', `the core failed: ${error.message}`, { cause: error });
  }
  if (!(error instanceof Error) || !('code' in error) || error instanceof HubfitError) return error;
  const status = 'status' in error ? { status: Number(error.status) } : {};
  return new HubfitError(String(error.code), error.message, status);
}
