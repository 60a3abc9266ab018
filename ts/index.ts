export {
  type BuildCatalogOptions,
  buildCatalog,
  type CatalogModel,
} from './catalog/build-catalog.ts';
export { fitBudget } from './catalog/fit-budget.ts';
export { CATALOG_FIELDS } from './catalog/listing-fields.ts';
export * from './catalog.ts';
export { type Assessment, type AssessOptions, assessModels } from './compat/assess-models.ts';
export { checkModelCompatibility } from './compat/check-model-compatibility.ts';
export { checkModelWorkerCompatibility } from './compat/check-model-worker-compatibility.ts';
export { type FilterOptions, filterCompatibleModels } from './compat/filter-compatible-models.ts';
export { isModelCompatible } from './compat/is-model-compatible.ts';
export { listCompatibleModels } from './compat/list-compatible-models.ts';
export { referenceWorker } from './compat/reference-worker.ts';
export { searchCompatibleModels } from './compat/search-compatible-models.ts';
export type { SearchOptions } from './compat/search-options.ts';
export type { RuntimeTarget, Target, WorkerTarget } from './compat/target.ts';
export type { ErrorDetails } from './core/hubfit-error.ts';
export { listRuntimes } from './facts/list-runtimes.ts';
export { loadFacts } from './facts/load-facts.ts';
export { type RuntimeSupportOptions, runtimeSupport } from './facts/runtime-support.ts';
export type {
  AdapterFacts,
  Attention,
  Checked,
  CompatibilityConfidence,
  CompatibilityResult,
  ConfigFacts,
  ContextPolicy,
  Device,
  Dimension,
  EmbeddingFacts,
  Evidence,
  Experts,
  ExternalFile,
  FileFacts,
  FileKey,
  FileProblem,
  FileSection,
  Finding,
  GenaiFacts,
  GenerationDefaults,
  Geometry,
  Grade,
  GraphValue,
  Hardware,
  ImportRisk,
  KnownDevice,
  KnownRelease,
  KnownRuntime,
  KnownTable,
  Layer,
  Level,
  MetadataEvidence,
  ModelFile,
  ModelMetadata,
  OperatorCount,
  Opset,
  PickleImport,
  PipelineFacts,
  Problem,
  QuantizationScheme,
  Relation,
  RemoteClass,
  RuntimeSupport,
  Severity,
  Sidecar,
  SidecarKind,
  SkippedRow,
  Sort,
  SplitPart,
  SupportRow,
  TemplateFacts,
  TokenizerFacts,
  TransformersJsFacts,
  TypeTotal,
  UsedFact,
  Variant,
  VariantLabel,
  WorkerFormat,
  WorkerProfile,
} from './generated/core.d.ts';
export type {
  Advice,
  AppliedSettings,
  BesideBytes,
  CacheBytes,
  CacheType,
  ComputeBytes,
  CurvePoint,
  DeviceBytes,
  LayerWeights,
  Loss,
  MemoryEstimate,
  Plan,
  PlanFit,
  PlannedVariant,
  Rate,
  RuntimeMemory,
  Spread,
  Step,
  Usable,
  WeightLayout,
} from './generated/memory.d.ts';
export {
  type DetectedHardware,
  type DetectHardwareOptions,
  detectHardware,
} from './hardware/detect-hardware.ts';
export { findHardware } from './hardware/find-hardware.ts';
export { listHardware } from './hardware/list-hardware.ts';
export type { Certainty, DetectedDevice, ProbeFinding } from './hardware/probe.ts';
export type { BrowserLimits } from './hardware/probe-browser.ts';
export type { ModelDetail } from './hub/ask-model-details.ts';
export { type GetModelOptions, getHuggingFaceModel } from './hub/get-hugging-face-model.ts';
export type { HFModel } from './hub/hf-model.ts';
export { iterateHuggingFaceModels } from './hub/iterate-hugging-face-models.ts';
export { iterateHuggingFacePages, type ModelPage } from './hub/iterate-hugging-face-pages.ts';
export { listHuggingFaceModels } from './hub/list-hugging-face-models.ts';
export type {
  Listed,
  ListField,
  ListingOptions,
  ListingProgress,
  ListRouteField,
  ModelRouteField,
  UsualField,
} from './hub/listing-options.ts';
export {
  type CompletedModel,
  type CompleteOptions,
  completeModels,
  type Detail,
  type MissingDetail,
} from './inspect/complete-models.ts';
export { extractModelMetadata } from './inspect/extract-model-metadata.ts';
export { inspectFile } from './inspect/inspect-file.ts';
export {
  type InspectedFile,
  type InspectModelOptions,
  type InspectProgress,
  inspectModel,
  type ModelInspection,
} from './inspect/inspect-model.ts';
export type { FileEvidence, ModelEvidence } from './inspect/model-evidence.ts';
export type { FileLike } from './inspect/open-source.ts';
export type { ReadFileOptions } from './inspect/read-file-facts.ts';
export { blobSource } from './io/blob-source.ts';
export type { ByteSource } from './io/byte-source.ts';
export { bytesSource } from './io/bytes-source.ts';
export type { Clock } from './io/clock.ts';
export type { ReadProgress } from './io/counted-source.ts';
export { type HttpSourceOptions, httpSource } from './io/http-source.ts';
export type { CachedAnswer, HubCache } from './io/hub-cache.ts';
export type { HubOptions, HubTraffic } from './io/hub-options.ts';
export type { HubProgress } from './io/hub-progress.ts';
export { type EstimatedMemory, estimateMemory } from './plan/estimate-memory.ts';
export type {
  DraftOptions,
  EstimateOptions,
  LlamaCppOptions,
  LlamaCppRuntime,
} from './plan/estimate-options.ts';
export {
  estimateRuntimeMemory,
  type RuntimeMemoryOptions,
} from './plan/estimate-runtime-memory.ts';
export { listMemoryRuntimes } from './plan/list-memory-runtimes.ts';
export type { MemoryModel } from './plan/memory-model.ts';
export type { RuntimePlanTarget } from './plan/plan-in-runtime.ts';
export { type PlanModel, type PlanTarget, planModel } from './plan/plan-model.ts';
