import { type Command, InvalidArgumentError, Option } from 'commander';
import { HubfitError } from '../core/hubfit-error.ts';
import type { ListQuery } from '../generated/core.d.ts';

/** What narrows a listing of the Hub, and nothing else. */
export interface FilterOptions {
  language?: string;
  license?: string;
  dataset?: string;
  baseModel?: string;
  relation?: NonNullable<ListQuery['baseModelRelation']>;
  gated?: 'yes' | 'no';
  apps?: string[];
  minParams?: number;
  maxParams?: number;
}

/** Adds the filters that only the Hub can answer. */
export function addFilterOptions(command: Command): Command {
  const relations = ['adapter', 'finetune', 'merge', 'quantized'];
  return command
    .option('--language <code>', 'such as en')
    .option('--license <id>', 'such as apache-2.0')
    .option('--dataset <id>', 'a dataset that it was trained on')
    .option('--base-model <id>', 'the model that it was made from')
    .addOption(new Option('--relation <kind>', 'how it was made from that').choices(relations))
    .addOption(new Option('--gated <yes|no>', 'terms to accept').choices(['yes', 'no']))
    .option('--apps <name...>', 'applications that can run it, as the Hub judges')
    .option('--min-params <count>', 'parameters at least, such as 7B', amount)
    .option('--max-params <count>', 'parameters at most', amount);
}

const UNITS: Record<string, number> = { '': 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

function amount(text: string): number {
  const [, figure, unit = ''] = /^(\d+(?:\.\d+)?)([kmbt]?)$/i.exec(text) ?? [];
  const count = Math.round(Number(figure) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
  if (Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('expected a number such as 500M or 7B');
}

/** The same for the library. */
export function filters(options: FilterOptions): Omit<ListQuery, 'fields'> {
  const { language, license, dataset, baseModel, relation, gated, apps } = options;
  return {
    ...(language && { language }),
    ...(license && { license }),
    ...(dataset && { dataset }),
    ...(baseModel && { baseModel }),
    ...(relation && { baseModelRelation: relation }),
    ...(gated && { gated: gated === 'yes' }),
    ...(apps && { apps }),
    ...(options.minParams !== undefined && { minParameters: options.minParams }),
    ...(options.maxParams !== undefined && { maxParameters: options.maxParams }),
  };
}

/** The sample is too small to know these. */
export function refuseFilters(options: FilterOptions): void {
  const [used] = Object.keys(filters(options));
  if (used === undefined) return;
  throw new HubfitError(
    'invalid_argument',
    `${used}: the sample cannot be filtered by it; leave --sample out`,
  );
}
