import type { ModelMetadata } from '../generated/core.d.ts';
import type { Geometry } from '../generated/readers.d.ts';
import type { Variant } from '../generated/repository.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { extractModelMetadata } from '../inspect/extract-model-metadata.ts';
import { groupFiles } from '../inspect/group-files.ts';
import type { MemoryModel } from '../plan/memory-model.ts';
import { approximateLine } from './approximate-line.ts';
import type { CatalogRow } from './catalog-row.ts';
import { licenseClass } from './license-class.ts';
import type { MemoryLine } from './memory-line.ts';
import { baseOf, languagesOf, licenseOf, otherTags, providersOf, scoreOf } from './model-tags.ts';
import { rounded } from './rounded.ts';

/** How the line of a model whose geometry is known is found. */
export type FindLine = (model: MemoryModel) => MemoryLine;

/** The row of a model, whose memory is found by `findLine` where the geometry is known. */
export function rowWithLine(
  model: HFModel,
  geometry: Geometry | null,
  findLine: FindLine,
): CatalogRow {
  const metadata = extractModelMetadata(model);
  const variants = whole(model, metadata);
  return {
    id: metadata.id,
    ...known({
      ...baseOf(model),
      ...described(model, metadata),
      ...counted(model),
      ...sizes(model, metadata, variants),
      ...line(metadata, variants, weightBytes(model), geometry, findLine),
    }),
  };
}

/** Variants with all their files, each once. */
function whole(model: HFModel, metadata: ModelMetadata): Variant[] {
  if (!model.siblings?.length) return [];
  const { variants } = groupFiles(model, metadata);
  return variants.filter(({ copyOf, complete }) => copyOf === null && complete);
}

function described(model: HFModel, metadata: ModelMetadata): Partial<CatalogRow> {
  const license = licenseOf(model);
  return {
    family: metadata.architecture === 'unknown' ? undefined : metadata.architecture,
    task: metadata.task ?? undefined,
    library: model.library_name,
    license,
    licenseClass: license === undefined ? undefined : licenseClass(license),
    gated: metadata.gated ?? undefined,
    formats: metadata.formats,
    quantizations: metadata.quantizations,
    languages: languagesOf(model),
    providers: providersOf(model),
    tags: otherTags(model),
  } as Partial<CatalogRow>;
}

function counted(model: HFModel): Partial<CatalogRow> {
  return {
    downloads: model.downloads,
    likes: model.likes,
    trending: model.trendingScore,
    created: at(model.createdAt, DAY),
    updated: at(model.lastModified, HOUR),
    score: scoreOf(model),
  } as Partial<CatalogRow>;
}

/** Seconds: a catalog tells on which day a model was made, and in which hour it was changed. */
const [HOUR, DAY] = [3600, 86_400];

function at(time: string | undefined, step: number): number | undefined {
  const milliseconds = Date.parse(time ?? '');
  if (Number.isNaN(milliseconds)) return undefined;
  return Math.max(0, Math.floor(milliseconds / 1000 / step) * step);
}

function sizes(
  model: HFModel,
  { parameterCount, activeParameterCount, maxContextLength, evidence }: ModelMetadata,
  variants: readonly Variant[],
): Partial<CatalogRow> {
  const bytes = variants.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  const alone = bytes.length === 0 ? weightBytes(model) : undefined;
  return {
    parameters: kept(parameterCount),
    activeParameters: kept(activeParameterCount),
    context: evidence.maxContextLength.grade === 'assumed' ? undefined : maxContextLength,
    smallestSize: kept(bytes.length > 0 ? Math.min(...bytes) : alone),
    recommendedSize: kept(variants[0]?.sizeBytes ?? alone),
    largestSize: kept(bytes.length > 0 ? Math.max(...bytes) : alone),
  } as Partial<CatalogRow>;
}

function kept(quantity: number | null | undefined): number | undefined {
  return quantity ? rounded(quantity) : undefined;
}

/** Bytes of one weight by the dtypes of safetensors; packed ones are counted as what holds them. */
const WIDTHS: Readonly<Record<string, number>> = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
};

/** Bytes of the weights, from the parameters that the Hub counted by dtype. */
function weightBytes({ safetensors }: HFModel): number | undefined {
  const counts = Object.entries(safetensors?.parameters ?? {});
  if (counts.length === 0) return undefined;
  return counts.reduce((sum, [dtype, count]) => sum + count * (WIDTHS[dtype] ?? 1), 0);
}

function line(
  { parameterCount }: ModelMetadata,
  variants: readonly Variant[],
  weights: number | undefined,
  geometry: Geometry | null,
  findLine: FindLine,
): Partial<CatalogRow> {
  const smallest = smallestOf(variants);
  const bytes = smallest?.sizeBytes ?? weights;
  const found: MemoryLine | undefined =
    geometry && bytes
      ? findLine({ geometry, tensorBytes: bytes })
      : approximateLine({ bytes, parameters: parameterCount ?? undefined });
  if (!found) return {};
  return {
    fixedMemory: rounded(found.fixed, 'up'),
    tokenMemory: rounded(found.token, 'up'),
    hostMemory: rounded(found.host, 'up'),
  };
}

function smallestOf(variants: readonly Variant[]): Variant | undefined {
  const sized = variants.filter(({ sizeBytes }) => sizeBytes !== null);
  return sized.sort((one, other) => (one.sizeBytes ?? 0) - (other.sizeBytes ?? 0))[0];
}

function known(row: Partial<CatalogRow>): Partial<CatalogRow> {
  const told = Object.entries(row).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && !value.length),
  );
  return Object.fromEntries(told);
}
