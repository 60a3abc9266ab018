import { loadModule } from '#memory';
import * as glue from '../../pkg-web/memory.js';
import { type Call, connect } from './connect.ts';

/** Calls what knows the memory of models: a module of its own, left out by bundlers where nothing asks it. */
export const callMemory: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
