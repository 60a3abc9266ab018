import { loadModule } from '#verdict';
import * as glue from '../../pkg-web/verdict.js';
import { type Call, connect } from './connect.ts';
import { factsInUse } from './facts-in-use.ts';

let held: Uint8Array | undefined;

const callModule: Call<typeof glue> = /* @__PURE__ */ connect(glue, loadModule, () => {
  held = undefined;
});

/** Calls what judges models by the facts in use: a module of its own, left out by bundlers where nothing asks it. */
export const callVerdict: Call<typeof glue> = (call) =>
  callModule((core) => {
    const facts = factsInUse();
    if (held !== facts) core.use_facts(facts);
    held = facts;
    return call(core);
  });
