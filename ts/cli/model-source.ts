import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { HubfitError } from '../core/hubfit-error.ts';
import { getHuggingFaceModel } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { HubOptions } from '../io/hub-options.ts';

/** Where the models come from. */
export interface SourceOptions {
  sample?: boolean;
  hubUrl?: string;
  token?: string;
}

/** Adds the options that say where the models come from. */
export function addSourceOptions(command: Command): Command {
  const sample = 'the embedded sample of real models instead of the live Hub';
  return addHubOptions(command.option('--sample', sample));
}

/** Adds the options that say where the Hub is and who asks. */
export function addHubOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--hub-url <url>', 'another Hub')
        .env('HF_ENDPOINT')
        .argParser(address)
        .default('https://huggingface.co'),
    )
    .addOption(new Option('--token <token>', 'access token').env('HF_TOKEN').hideHelp());
}

function address(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('expected http(s)://…');
}

/** The same for the library. */
export function hubOptions({ hubUrl, token }: SourceOptions): HubOptions {
  return { ...(hubUrl && { hubUrl }), ...(token && { accessToken: token }) };
}

/** The embedded sample. */
export function readSample(): HFModel[] {
  return JSON.parse(readFileSync(new URL('./sample.json', import.meta.url), 'utf8'));
}

/** One model, from the sample or the Hub. */
export async function findModel(id: string, options: SourceOptions): Promise<HFModel> {
  if (!options.sample) return getHuggingFaceModel(id, hubOptions(options));
  const models = readSample();
  const wanted = id.toLowerCase();
  const found = models.find((model) => model.id.toLowerCase() === wanted);
  if (found) return found;
  const part = wanted.split('/').pop() ?? wanted;
  const near = models.filter((model) => model.id.toLowerCase().includes(part)).slice(0, 3);
  const hint = near.length ? `; near: ${near.map((model) => model.id).join(', ')}` : '';
  throw new HubfitError('invalid_argument', `id: "${id}" is not in the sample${hint}`);
}
