import { type Call, connect } from './connect.ts';

/** A module that is called here, or compiled here and called in another thread. */
export interface ConnectedModule<G> {
  call: Call<G>;
  /** What another thread is handed: compiled once, shared by all. */
  compiled(): WebAssembly.Module;
}

/** Connects a module whose compiled form can be asked for. */
export function connectModule<G extends Parameters<typeof connect>[0]>(
  glue: G,
  load: () => WebAssembly.Module,
): ConnectedModule<G> {
  let module: WebAssembly.Module | undefined;
  const compiled = (): WebAssembly.Module => {
    module ??= load();
    return module;
  };
  return { call: connect(glue, compiled), compiled };
}
