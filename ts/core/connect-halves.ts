import type { Call, connect } from './connect.ts';
import { type ConnectedModule, connectModule } from './connect-module.ts';

/** A module whose second half may come later: it shares the memory of the first, and is there once it was given. */
export interface HalvedModule<G> extends ConnectedModule<G> {
  /** Calls what needs both halves. */
  callBoth: Call<G>;
  /** Says how to come by the second half; it is loaded when it is first called. */
  give(load: () => WebAssembly.Module): void;
}

/** Connects the first half; the second imports what it uses of it (`scripts/lib/split-wasm.mjs`). */
export function connectHalves<G extends Parameters<typeof connect>[0]>(
  glue: G,
  load: () => WebAssembly.Module,
): HalvedModule<G> {
  const { call, compiled } = connectModule(glue, load);
  let loadSecond = (): WebAssembly.Module => {
    throw new Error('the second half was not given');
  };
  let second: WebAssembly.Module | undefined;
  let joined: unknown;
  const join = (): void => {
    // The exports of the instance in use: another one after a trap, which has no second half yet.
    const first = glue.initSync({ module: compiled() });
    if (joined === first) return;
    second ??= loadSecond();
    new WebAssembly.Instance(second, { first: first as WebAssembly.ModuleImports });
    joined = first;
  };
  const callBoth: Call<G> = (ask) =>
    call((core) => {
      join();
      return ask(core);
    });
  const give = (load: () => WebAssembly.Module): void => {
    loadSecond = load;
  };
  return { call, compiled, callBoth, give };
}
