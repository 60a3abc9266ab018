import { loadModule } from '#module';
import * as glue from '../../pkg-web/hubfit.js';
import { type Call, connect } from './connect.ts';

/** Calls the core. */
export const callCore: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
