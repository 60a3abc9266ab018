import type { FileFacts } from '../generated/core.d.ts';
import type { HttpSourceOptions } from '../io/http-source.ts';
import { type FileLike, openSource } from './open-source.ts';
import { type ReadFileOptions, readFileFacts } from './read-file-facts.ts';

/**
 * What a model file says of itself: reads the header of a GGUF or safetensors file by ranges, in one request as
 * a rule and in three at most.
 *
 * @throws {HubfitError} `invalid_file`, `limit_exceeded`, or when the file cannot be reached
 */
export async function inspectFile(
  file: FileLike,
  options: ReadFileOptions & HttpSourceOptions = {},
): Promise<FileFacts> {
  return readFileFacts(openSource(file, options), options);
}
