import { type Command, Option } from 'commander';
import color from 'picocolors';
import { checkModelCompatibility } from '../compat/check-model-compatibility.ts';
import { listCompatibleModels } from '../compat/list-compatible-models.ts';
import type { Target } from '../compat/target.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { CompatibilityResult, ModelMetadata, Sort } from '../generated/core.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { listHuggingFaceModels } from '../hub/list-hugging-face-models.ts';
import type { ListingOptions } from '../hub/listing-options.ts';
import { extractModelMetadata } from '../inspect/extract-model-metadata.ts';
import { addFilterOptions, type FilterOptions, filters, refuseFilters } from './filter-options.ts';
import { counted, tokens } from './in-words.ts';
import { addSourceOptions, hubOptions, readSample, type SourceOptions } from './model-source.ts';
import { withProgress } from './progress.ts';
import { summary } from './summary.ts';
import { cut, table } from './table.ts';
import { verdictMark } from './verdict-mark.ts';
import { addWorkerOptions, target, type WorkerOptions, wholeNumber } from './worker-options.ts';

interface ListOptions extends SourceOptions, WorkerOptions, FilterOptions {
  search?: string;
  author?: string;
  task?: string;
  library?: string;
  filter?: string[];
  sort?: Sort;
  limit?: number;
  all?: boolean;
  summary?: boolean;
  json?: boolean;
}

/** A listed model with all that is said of it. */
export interface Listed {
  model: HFModel;
  metadata: ModelMetadata;
  verdict: CompatibilityResult;
}

/** `hubfit list`. */
export function addListCommand(program: Command): void {
  const command = program
    .command('list')
    .description('list the models that are compatible, or all with their verdict')
    .option('-s, --search <text>', 'part of the id')
    .option('--author <name>', 'user or organisation')
    .option('--task <task>', 'such as text-generation')
    .option('--library <name>', 'such as transformers')
    .option('--filter <tag...>', 'tags that must all be there')
    .addOption(
      new Option('--sort <order>', 'order').choices([
        'trending',
        'popular',
        'likes',
        'recent',
        'createdAt',
        'likes7d',
        'likes30d',
        'num_parameters',
        'mainSize',
        'id',
      ]),
    )
    .option('-n, --limit <count>', 'models at most (default: 20; all for --sample)', wholeNumber)
    .option('-a, --all', 'also those that are not compatible')
    .option('--summary', 'the share that is compatible, and why the others are not')
    .option('--json', 'JSON on standard output');
  addWorkerOptions(addSourceOptions(addFilterOptions(command))).action(runList);
}

async function runList(options: ListOptions): Promise<void> {
  const goal = target(options);
  const everything = Boolean(options.all || options.summary);
  const models = options.sample
    ? listSample(options)
    : await listHub(options, everything ? undefined : goal);
  const checked = models.map((model) => judge(model, goal));
  const shown = everything ? checked : checked.filter(({ verdict }) => verdict.compatible);
  print(shown.slice(0, options.limit ?? Number.POSITIVE_INFINITY), options);
  // Found nothing: that is an answer.
  if (shown.length === 0) process.stderr.write(`${nothing(models, everything, options)}\n`);
}

/** The summary tells why models do not fit; that there are none it cannot explain. */
function nothing(models: HFModel[], everything: boolean, { sample }: ListOptions): string {
  const none = everything || (sample && models.length === 0);
  return none ? 'no model was found' : 'no model fits; --summary tells why';
}

function print(listed: Listed[], options: ListOptions): void {
  if (options.json) write(inJson(options.summary ? summary(listed).json : listed));
  else if (options.summary) write(summary(listed).text);
  else if (listed.length > 0) write(listTable(listed));
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

function inJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function judge(model: HFModel, goal: Target): Listed {
  const metadata = extractModelMetadata(model);
  return { model, metadata, verdict: checkModelCompatibility(model, goal) };
}

function listSample(options: ListOptions): HFModel[] {
  refuseFilters(options);
  const wanted = options.search?.toLowerCase() ?? '';
  const { author, task, library, filter = [] } = options;
  const models = readSample().filter(
    (model) =>
      model.id.toLowerCase().includes(wanted) &&
      (!author || model.author === author) &&
      (!task || model.pipeline_tag === task) &&
      (!library || model.library_name === library) &&
      filter.every((tag) => model.tags?.includes(tag)),
  );
  return sortSample(models, options.sort);
}

/** By a figure, greatest first; what has none comes last. */
function sortSample(models: HFModel[], sort: Sort | undefined): HFModel[] {
  if (sort === undefined) return models;
  const figure = FIGURES[sort];
  if (figure) return models.toSorted((one, other) => figure(other) - figure(one));
  const known = Object.keys(FIGURES).join(', ');
  throw new HubfitError(
    'invalid_argument',
    `--sort ${sort}: the sample has no ${sort} scores; with --sample expected one of ${known}`,
  );
}

/** The orders of the sample. */
const FIGURES: { [S in Sort]?: (model: HFModel) => number } = {
  popular: ({ downloads }) => downloads ?? -1,
  likes: ({ likes }) => likes ?? -1,
  recent: ({ createdAt }) => (createdAt ? Date.parse(createdAt) : -1),
};

function listHub(options: ListOptions, goal: Target | undefined): Promise<HFModel[]> {
  const { search, author, task, library, filter, sort, limit = 20 } = options;
  const query: ListingOptions = {
    ...hubOptions(options),
    ...filters(options),
    ...(search && { search }),
    ...(author && { author }),
    ...(task && { task }),
    ...(library && { library }),
    ...(filter && { filter }),
    ...(sort && { sort }),
    limit,
    onSkip: (row) => process.stderr.write(`row ${row.index} was left out: ${row.message}\n`),
  };
  return withProgress('asking the Hub', (tell) => {
    const onProgress: ListingOptions['onProgress'] = ({ done, scanned, requests, waiting }) =>
      tell(
        `${done} found, ${scanned} looked at, ${requests} requests${waiting > 0 ? `, waiting ${Math.ceil(waiting / 1000)} s for the Hub` : ''}`,
      );
    const listing = { ...query, onProgress };
    return goal
      ? listCompatibleModels({ ...listing, target: goal })
      : listHuggingFaceModels(listing);
  });
}

function listTable(listed: Listed[]): string {
  const head = ['', 'model', 'architecture', 'params', 'format', 'quant', 'context', 'downloads'];
  return table(
    head,
    listed.map(({ model, metadata, verdict }) => [
      verdictMark(verdict),
      cut(model.id, 60),
      cut(metadata.modelType ?? metadata.architecture, 18),
      metadata.parameters === 'unknown' ? '–' : metadata.parameters,
      metadata.format === 'unknown' ? '–' : metadata.format,
      cut(quantization(metadata), 20),
      contextLength(metadata),
      color.dim(counted(model.downloads)),
    ]),
  );
}

function quantization({ quantization, quantizations }: ModelMetadata): string {
  if (!quantization) return '–';
  return quantizations.length > 1 ? `${quantization} +${quantizations.length - 1}` : quantization;
}

/** An assumption is never shown as a fact. */
function contextLength({ maxContextLength, evidence }: ModelMetadata): string {
  return evidence.maxContextLength.grade === 'assumed' ? '–' : tokens(maxContextLength);
}
