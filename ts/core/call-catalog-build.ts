import { loadModule } from '#catalog-build';
import * as glue from '../../pkg-web/catalog-build.js';
import { type Call, connect } from './connect.ts';

/** Calls what makes snapshots: a module of its own, since pages that only open one do without. */
export const callCatalogBuild: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
