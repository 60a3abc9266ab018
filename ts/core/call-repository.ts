import { loadModule } from '#repository';
import * as glue from '../../pkg-web/repository.js';
import { type Call, connect } from './connect.ts';

/** Calls what knows a model's configs and files: a module of its own, imported when the first model is inspected. */
export const callRepository: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
