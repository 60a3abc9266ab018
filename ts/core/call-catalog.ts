import { loadModule } from '#catalog';
import * as glue from '../../pkg-web/catalog.js';
import { connectModule } from './connect-module.ts';

/** The catalog's core with 128-bit vectors. */
export const catalogCore = /* @__PURE__ */ connectModule(glue, loadModule);
