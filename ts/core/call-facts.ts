import { loadModule } from '#facts';
import * as glue from '../../pkg-web/facts.js';
import { type Call, connect } from './connect.ts';

/** Calls the knowledge base of runtimes: a module of its own, left out by bundlers where nothing asks it. */
export const callFacts: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule);
