import { loadModule } from '#readers';
import * as glue from '../../pkg-web/readers.js';
import { type Call, connect } from './connect.ts';

/** Calls the readers of GGUF and safetensors: a module of its own, imported when the first header is read. */
export const callReaders: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
