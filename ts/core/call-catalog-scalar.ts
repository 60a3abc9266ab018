import { loadModule } from '#catalog-scalar';
import * as glue from '../../pkg-web/catalog-scalar.js';
import { type ConnectedModule, connectModule } from './connect-module.ts';

/** Its twin for engines without 128-bit vectors. */
export const catalogCore: ConnectedModule<typeof glue> = /* @__PURE__ */ connectModule(
  glue,
  loadModule,
);
