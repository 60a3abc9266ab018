import { basename } from 'node:path';
import type { HFModel } from '../hub/hf-model.ts';
import { fileEvidence } from '../inspect/file-evidence.ts';
import { inspectModel } from '../inspect/inspect-model.ts';
import type { ModelEvidence } from '../inspect/model-evidence.ts';
import { inspectLocal, isLocal } from './inspect-local.ts';
import { findModel, hubOptions, type SourceOptions } from './model-source.ts';
import { withProgress } from './progress.ts';

/** A model, and what is known of it beyond its listing. */
export interface Subject {
  model: HFModel;
  evidence?: ModelEvidence;
}

/** The model of an id or a path; `closely` reads the headers of its files too. */
export async function findSubject(
  what: string,
  options: SourceOptions,
  closely: boolean,
): Promise<Subject> {
  if (options.sample) return { model: await findModel(what, options) };
  if (isLocal(what)) return ofFile(what);
  if (!closely)
    return { model: await withProgress(`asking for ${what}`, () => findModel(what, options)) };
  const [id = '', file] = what.split(/:(.*)/s);
  return withProgress(`asking for ${id}`, (tell) =>
    inspectModel(id, {
      ...hubOptions(options),
      ...(file && { file }),
      onProgress: ({ done, total }) => tell(`${done} of ${total} files`),
    }),
  );
}

/** A file is all that is known of the model. */
async function ofFile(path: string): Promise<Subject> {
  const facts = await withProgress(`reading ${path}`, () => inspectLocal(path));
  const name = basename(path);
  const model = { id: name, siblings: [{ rfilename: name }] };
  return { model, evidence: { files: [fileEvidence({ ...facts, path: name })] } };
}
