import { callCore } from '../core/call-core.ts';
import { callVerdict } from '../core/call-verdict.ts';
import type { SelectedRows } from '../generated/core.d.ts';
import type { ReadPage } from '../hub/iterate-pages.ts';
import { runtimeJson, type Target, workerJson } from './target.ts';

/** How the compatible rows of a page are chosen. */
export interface PageChooser {
  /** Of a page's bytes. */
  rows(page: Uint8Array): SelectedRows;
  /** Of an answer of the list route. */
  answer: ReadPage;
  /** A tag of the Hub that all of them carry: the Hub then leaves out the others itself. */
  tag: string | undefined;
}

/** Chooses by a target. */
export function pageChooser(target: Target | undefined): PageChooser {
  const runtime = runtimeJson(target);
  return runtime === undefined ? byWorker(workerJson(target)) : byRuntime(runtime);
}

function byWorker(worker: string): PageChooser {
  return {
    rows: (page) => callCore((core) => core.filter_compatible_models(page, worker)),
    answer: (answer, body) => callCore((core) => core.filter_list_answer(answer, body, worker)),
    tag: undefined,
  };
}

function byRuntime(runtime: string): PageChooser {
  const rows = (page: Uint8Array): SelectedRows =>
    callVerdict((core) => core.filter_runtime_compatible(page, runtime));
  return {
    rows,
    answer: (answer, body) => {
      const { next } = callCore((core) => core.read_list_answer(answer, body));
      return { ...rows(body), next };
    },
    tag: callVerdict((core) => core.hub_tag(runtime)) ?? undefined,
  };
}
