import { loadModule } from '#more-readers';
import * as glue from '../../pkg-web/more-readers.js';
import { type Call, connect } from './connect.ts';

/** Calls the readers of formats that few models come in: a module of its own, imported when the first is read. */
export const callMoreReaders: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
