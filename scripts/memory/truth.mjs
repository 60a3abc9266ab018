// llama.cpp's own allocations, run by run.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { estimate, ofHeader } from './core.mjs';
import { header } from './gguf.mjs';

/** Where the measurements lie beside the project; a worktree lies one folder deeper. */
const PLACES = ['../shared/data', '../../shared/data'].map((place) => join(root, place));

/** The measured models; none where the file is not there. */
export function records() {
  const found = PLACES.map((place) => join(place, 'llama-cpp-truth.json')).find(existsSync);
  return found && JSON.parse(readFileSync(found, 'utf8'));
}

/** Every run that llama.cpp did not refuse and that options can ask for, with what is estimated for it. */
export function compare(all) {
  const compared = [];
  for (const record of all) {
    const model = ofHeader(header(record));
    for (const run of record.runs) {
      if (run.measured.error || !canAsk(run.settings)) continue;
      const found = estimate(model, options(run.settings));
      compared.push({ record, run, found, measured: parts(record, run.measured) });
    }
    model.free();
  }
  return compared;
}

/** States that can be taken back belong to a draft, which would add its own. */
function canAsk({ n_rs_seq, n_outputs_max, n_seq_max }) {
  return n_rs_seq === undefined && [undefined, n_seq_max ?? 1].includes(n_outputs_max);
}

/** The settings of a run as options: of the server, which wants one output of each sequence, or of the library. */
export function options(settings) {
  const flag = (value) => value === true || value === 'true';
  return {
    runtime: settings.n_outputs_max === undefined ? 'node-llama-cpp' : 'llama.cpp',
    contextLength: settings.n_ctx,
    batch: settings.n_batch ?? 2048,
    ubatch: settings.n_ubatch ?? 512,
    parallel: settings.n_seq_max ?? 1,
    kvUnified: flag(settings.kv_unified),
    cacheTypeK: settings.type_k ?? 'f16',
    cacheTypeV: settings.type_v ?? 'f16',
    flashAttention: settings.flash_attn ?? 'auto',
    swaFull: flag(settings.swa_full),
    embeddings: flag(settings.embeddings),
    fit: false,
  };
}

/** What was measured, by the names of an estimate. */
function parts(record, measured) {
  const found = {
    weights: record.model_buffers.mmap.CPU_Mapped,
    kv: measured.kv_bytes,
    state: measured.rs_bytes + measured.other_state_bytes,
    output: measured.output_bytes,
    compute: measured.compute_bytes,
  };
  const total = Object.values(found).reduce((sum, bytes) => sum + bytes, 0);
  // Weights again, where a CPU has them laid out anew.
  return { ...found, repacked: record.model_buffers['noalloc-repack'].CPU_REPACK ?? 0, total };
}

/** An estimate by the same names. */
export function estimated({ weights, repacked, kv, output, compute, total, ...rest }) {
  const state = rest.state + rest.compressorState;
  return { weights, repacked, kv, state, output, compute: compute.expected, total };
}
