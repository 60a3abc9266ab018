import { loadModule } from '#catalog';
import * as glue from '../../pkg-web/catalog.js';
import { type ConnectedModule, connectModule } from './connect-module.ts';

/** The catalog's core with 128-bit vectors. */
export const catalogCore: ConnectedModule<typeof glue> = /* @__PURE__ */ connectModule(
  glue,
  loadModule,
);
