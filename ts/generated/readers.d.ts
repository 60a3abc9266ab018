/* tslint:disable */
/* eslint-disable */
/**
 * A chat template, and what it reads.
 */
export interface TemplateFacts {
    /**
     * `tool_use`, `rag`, …; null for the default one.
     */
    name: string | null;
    /**
     * `tools`, `tool_calls`, `vision`, `audio`, `reasoning`, `system`; null where it was too long to look at.
     */
    uses: string[] | null;
}

/**
 * A device of the table: one row for each memory size.
 */
export interface KnownDevice {
    /**
     * The device.
     */
    device: Device;
    /**
     * Other names of it.
     */
    aliases: string[];
    /**
     * Where its figures are from.
     */
    source: string;
}

/**
 * A field of the listing that could not be read: it was left out, the rest was used.
 */
export interface Problem {
    /**
     * The field's path: `config.model_type`.
     */
    field: string;
    /**
     * What should stand there.
     */
    expected: string;
    /**
     * What stands there.
     */
    found: string;
}

/**
 * A file that holds tensors of another.
 */
export interface ExternalFile {
    /**
     * Where it is, seen from the folder of the file that names it; `*.bin` for the file of the same name with that
     * ending.
     */
    path: string;
    /**
     * Number of tensors in it.
     */
    tensors: number;
    /**
     * The least bytes it must have.
     */
    bytes: number;
}

/**
 * A format, and how sure it is that the worker loads it (`high` where left out).
 */
export type WorkerFormat = string | { format: string; confidence: CompatibilityConfidence };

/**
 * A key with one value.
 */
export interface FileKey {
    /**
     * Its name.
     */
    key: string;
    /**
     * Its value.
     */
    value: KeyValue;
}

/**
 * A mixture of experts.
 */
export interface Experts {
    /**
     * How many there are in a layer.
     */
    count: number;
    /**
     * How many of them a token uses.
     */
    used: number;
    /**
     * How many all tokens use beside those.
     */
    shared: number;
    /**
     * Width of one.
     */
    feedForwardLength: number;
    /**
     * Width of what goes into them, where that is not the residual stream's.
     */
    latentLength: number | undefined;
}

/**
 * A part of a container.
 */
export interface FileSection {
    /**
     * What it is, in the format's own words: `TFLiteModel`.
     */
    sectionType: string;
    /**
     * What it is for: `tf_lite_prefill_decode`.
     */
    name: string | null;
    /**
     * Where it starts in the file.
     */
    offset: number;
    /**
     * Its bytes.
     */
    bytes: number;
}

/**
 * A row that could not be read.
 */
export interface SkippedRow {
    /**
     * Its place among the page's rows, from 0.
     */
    index: number;
    /**
     * The code of what went wrong, as an error would carry it.
     */
    code: string;
    /**
     * What was expected, what was found, and where.
     */
    message: string;
}

/**
 * A value: a number, a flag or a text. Whole numbers beyond 2^53 are text, since JavaScript would round them.
 */
export type KeyValue = number | boolean | string;

/**
 * An operator set, and its version.
 */
export interface Opset {
    /**
     * `ai.onnx`, `com.microsoft`, ….
     */
    domain: string;
    /**
     * Its version.
     */
    version: number;
}

/**
 * An operator, and how often it stands in the graph.
 */
export interface OperatorCount {
    /**
     * `MatMul`; with its domain, where that is not the standard one: `com.microsoft.MatMulNBits`.
     */
    name: string;
    /**
     * How often.
     */
    count: number;
}

/**
 * Compressed attention: the cache holds one latent per token instead of keys and values per head, unless it is
 * unfolded.
 */
export interface Latent {
    /**
     * `q_lora_rank`; 0 where queries are not compressed.
     */
    queryRank: number;
    /**
     * `kv_lora_rank`.
     */
    kvRank: number;
    /**
     * The part of a key that carries the position: `qk_rope_head_dim`.
     */
    ropeLength: number;
    /**
     * One head's key once unfolded: `qk_nope_head_dim` + `qk_rope_head_dim`.
     */
    keyLength: number;
    /**
     * One head's value once unfolded: `v_head_dim`.
     */
    valueLength: number;
    /**
     * Whether the cache holds keys and values of each head all the same, as files ask for that were made before
     * llama.cpp could do without.
     */
    unfolded: boolean;
}

/**
 * Devices of one machine, and the memory of its CPU.
 */
export interface Hardware {
    /**
     * As it was asked for, in the words of the table: `2 x RTX 3090 24 GB + 64 GB RAM`.
     */
    name: string;
    /**
     * Its accelerators, in order; none where there is a CPU alone.
     */
    devices: Device[];
    /**
     * Bytes of the CPU's memory, where known. Of a machine with shared memory it is that memory.
     */
    ramBytes: number | null;
    /**
     * Bytes per second of the CPU's memory, where known.
     */
    ramBandwidth: number | null;
}

/**
 * Format and label of a variant.
 */
export interface VariantLabel {
    /**
     * `safetensors`, `gguf`, …
     */
    format: string;
    /**
     * `Q4_K_M`, `awq-4bit`, …; null where it is not quantized or, graded `unknown`, where nothing says so.
     */
    quantization: string | null;
    /**
     * How sure the label is.
     */
    grade: Grade;
}

/**
 * How a layer looks at earlier tokens.
 */
export type Attention = "full" | "window" | "chunked" | "linear" | "recurrent" | "none";

/**
 * How a model would run.
 */
export type Level = "native" | "unknown" | "refused";

/**
 * How dangerous an import is.
 */
export type ImportRisk = "dangerous" | "suspicious" | "safe";

/**
 * How keys or values are stored.
 */
export type CacheType = "f32" | "f16" | "bf16" | "q8_0" | "q5_1" | "q5_0" | "q4_1" | "q4_0" | "iq4_nl";

/**
 * How many parameters a checkpoint has.
 */
export interface ParameterCounts {
    /**
     * By the dtype they are stored in: I32 for 4-bit weights in words of eight.
     */
    byDtype: Record<string, number>;
    /**
     * All together.
     */
    total: number;
    /**
     * Whether it is the number of parameters, not of elements that hold them in a way not known here.
     */
    exact: boolean;
}

/**
 * How much evidence is worth, best first.
 */
export type Grade = "stated" | "derived" | "guessed" | "assumed" | "unknown";

/**
 * How sure a verdict is.
 */
export type CompatibilityConfidence = "none" | "low" | "medium" | "high";

/**
 * How the bytes of a computation were found.
 */
export type ComputeSource = "graph" | "like_graph" | "guess";

/**
 * One accelerator.
 */
export interface Device {
    /**
     * `RTX 4090`.
     */
    name: string;
    /**
     * `NVIDIA`, `AMD`, `Intel`, `Apple`, `Qualcomm`, `CPU`; or `unknown`.
     */
    vendor: string;
    /**
     * How runtimes reach it: `cuda`, `rocm`, `metal`, `sycl`, `vulkan`, `opencl`, `hpu`, `webgpu`, `cpu`.
     */
    backend: string;
    /**
     * Bytes of memory it has, or shares.
     */
    memoryBytes: number;
    /**
     * Whether it shares the CPU's memory.
     */
    unified: boolean;
    /**
     * Bytes per second, where known.
     */
    bandwidth: number | null;
    /**
     * FP16 operations per second without sparsity, where known.
     */
    flops: number | null;
    /**
     * CUDA compute capability (`8.9`) or gfx version (`gfx1100`).
     */
    arch: string | null;
}

/**
 * One cache.
 */
export interface CacheBytes {
    /**
     * Which one.
     */
    kind: CacheKind;
    /**
     * Tokens that it has room for, in each stream.
     */
    cells: number;
    /**
     * Streams: one for each sequence, or one for all.
     */
    streams: number;
    /**
     * Layers that have one.
     */
    layers: number;
    /**
     * Bytes of keys.
     */
    keys: number;
    /**
     * Bytes of values.
     */
    values: number;
}

/**
 * One dimension of a shape.
 */
export type Dimension = number | string;

/**
 * One layer.
 */
export interface Layer {
    /**
     * How it looks at earlier tokens.
     */
    attention: Attention;
    /**
     * Tokens that a window or a chunk spans.
     */
    window: number | null;
    /**
     * Query heads.
     */
    heads: number;
    /**
     * Heads with keys and values.
     */
    kvHeads: number;
    /**
     * Size of one head's key.
     */
    keyLength: number;
    /**
     * Size of one head's value.
     */
    valueLength: number;
    /**
     * Whether it reads the keys and values of an earlier layer and has none of its own.
     */
    sharesKv: boolean;
    /**
     * Whether it keeps a key per token for the indexer.
     */
    indexed: boolean;
    /**
     * Tokens that one entry stands for, where a compressed history is kept beside the window (DeepSeek-V4).
     */
    compression: number | null;
    /**
     * What it carries from token to token beside or instead of keys and values.
     */
    state: State | null;
    /**
     * Width of its dense feed-forward network, or of the shared experts; 0 where it has none.
     */
    feedForwardLength: number;
    /**
     * Whether its feed-forward network is a mixture of experts.
     */
    experts: boolean;
}

/**
 * One rule's result.
 */
export interface Finding {
    /**
     * Stable name: `architecture_unsupported`.
     */
    code: string;
    /**
     * What it does to the verdict.
     */
    severity: Severity;
    /**
     * One sentence for a person.
     */
    message: string;
    /**
     * The field of the metadata that was looked at.
     */
    field: string;
    /**
     * What to do about it.
     */
    recommendation: string | null;
}

/**
 * Orders of a listing, by the words people use and by the Hub's own.
 */
export type Sort = "trending" | "trendingScore" | "popular" | "downloads" | "likes" | "recent" | "lastModified" | "createdAt" | "num_parameters";

/**
 * Something that a pickle imports, which runs when it is loaded.
 */
export interface PickleImport {
    /**
     * `torch._utils._rebuild_tensor_v2`.
     */
    name: string;
    /**
     * How dangerous it is.
     */
    risk: ImportRisk;
}

/**
 * Something that goes into a graph or comes out of it.
 */
export interface GraphValue {
    /**
     * `input_ids`; behind the name of its signature where the file has several: `decode/tokens`.
     */
    name: string;
    /**
     * The element type in the format's own words: `INT64`, `f16`, `seq(FLOAT)`.
     */
    dataType: string;
    /**
     * Its dimensions; null where the rank is not said.
     */
    shape: Dimension[] | null;
}

/**
 * Something wrong with a file that could be read all the same.
 */
export interface FileProblem {
    /**
     * Stable name, in `snake_case`.
     */
    code: string;
    /**
     * What was expected, what was found, and where.
     */
    message: string;
}

/**
 * Status and the headers that carry meaning, of an answer of the Hub.
 */
export interface Answer {
    /**
     * HTTP status.
     */
    status: number;
    /**
     * The URL that was asked for.
     */
    url: string;
    /**
     * `Link`.
     */
    link?: string;
    /**
     * `X-Error-Code`.
     */
    errorCode?: string;
    /**
     * `X-Error-Message`.
     */
    errorMessage?: string;
    /**
     * `Retry-After`; browsers cannot read it.
     */
    retryAfter?: string;
    /**
     * `RateLimit`; browsers cannot read it.
     */
    rateLimit?: string;
    /**
     * Whether an access token was sent.
     */
    authenticated: boolean;
}

/**
 * The indexer of sparse attention.
 */
export interface Indexer {
    /**
     * Heads.
     */
    heads: number;
    /**
     * Size of a key.
     */
    keyLength: number;
    /**
     * Tokens it chooses.
     */
    topK: number;
}

/**
 * The limits of a worker. A list that is left out limits nothing.
 */
export interface WorkerProfile {
    /**
     * A name for messages.
     */
    name?: string;
    /**
     * Families (`qwen`) or exact model types (`qwen3_moe`) that it loads.
     */
    architectures?: string[];
    /**
     * Weight formats that it reads: a name, or a name with the confidence it deserves.
     */
    formats?: WorkerFormat[];
    /**
     * Quantization labels (`Q4_K_M`), methods (`awq`) or `none`, for weights that are not quantized.
     */
    quantizations?: string[];
    /**
     * Tokens it can hold.
     */
    maxContextLength?: number;
    /**
     * What it does with a model whose context is longer; `reject` where left out.
     */
    contextPolicy?: ContextPolicy;
}

/**
 * The shape of a language model. The same model has the same geometry, whether read from a GGUF header or from
 * `config.json`.
 */
export interface Geometry {
    /**
     * The architecture in llama.cpp's words (`qwen3moe`) where it has one, else the `model_type`.
     */
    architecture: string;
    /**
     * What it is for.
     */
    role: Role;
    /**
     * The layers of the trunk (of the decoder, where there is an encoder too), in order.
     */
    layers: Layer[];
    /**
     * Layers that predict further tokens (MTP, NextN): in the file, but loaded only where asked for.
     */
    mtpLayers: Layer[];
    /**
     * Layers of the encoder of an encoder-decoder.
     */
    encoderLayers: number;
    /**
     * Width of the residual stream.
     */
    embeddingLength: number;
    /**
     * Width of what comes out, where it is another one (GGUF `embedding_length_out`).
     */
    outputEmbeddingLength: number | null;
    /**
     * Width of the embeddings that every layer reads for itself (Gemma 3n and 4).
     */
    perLayerEmbeddingLength: number | null;
    /**
     * Tokens in the vocabulary.
     */
    vocabulary: number;
    /**
     * Tokens the model claims to handle, rope scaling included.
     */
    contextLength: number;
    /**
     * Tokens before rope scaling, where the model states it.
     */
    originalContextLength: number | null;
    /**
     * Compressed attention (MLA): what one token's latent is made of.
     */
    latent: Latent | null;
    /**
     * Sparse attention: the indexer that chooses tokens.
     */
    indexer: Indexer | null;
    /**
     * What the layers with a state have in common.
     */
    recurrence: Recurrence | null;
    /**
     * The mixture of experts, if it is one.
     */
    experts: Experts | null;
    /**
     * Whether the output matrix is the embedding table, where known.
     */
    tiedEmbeddings: boolean | null;
}

/**
 * The tensors of one type.
 */
export interface TypeTotal {
    /**
     * `Q4_K`, `BF16`, …; `type 99` where it has no name.
     */
    name: string;
    /**
     * Number of tensors.
     */
    tensors: number;
    /**
     * Their elements.
     */
    elements: number;
    /**
     * Their bytes.
     */
    bytes: number;
}

/**
 * The weights of a model by what runtimes place apart: bytes, each tensor with the padding behind it.
 */
export interface WeightLayout {
    /**
     * The table of token embeddings.
     */
    tokenEmbedding: number;
    /**
     * Other tables that are looked up: positions, token types, embeddings of every layer.
     */
    otherInput: number;
    /**
     * The output matrix; 0 where the embeddings serve as one.
     */
    output: number;
    /**
     * What else stands behind the last layer, and whatever belongs to none.
     */
    otherOutput: number;
    /**
     * The layers in order, those that predict further tokens last.
     */
    layers: LayerWeights[];
}

/**
 * The weights of one layer in bytes.
 */
export interface LayerWeights {
    /**
     * Everything but the experts.
     */
    dense: number;
    /**
     * Experts that are chosen between.
     */
    experts: number;
}

/**
 * What a finding does to the verdict.
 */
export type Severity = "info" | "warning" | "unknown" | "error";

/**
 * What a layer carries from token to token, per sequence: elements of 32 bits, whatever the context length.
 */
export interface State {
    /**
     * Of the convolution, or the shifted tokens.
     */
    conv: number;
    /**
     * Of the recurrence.
     */
    recurrent: number;
}

/**
 * What a model is for.
 */
export type Role = "decoder" | "encoder" | "encoder_decoder" | "diffusion";

/**
 * What a model takes in memory, in bytes.
 */
export interface MemoryEstimate {
    /**
     * Weights that are loaded.
     */
    weights: number;
    /**
     * The caches, each with its cells.
     */
    caches: CacheBytes[];
    /**
     * All caches together.
     */
    kv: number;
    /**
     * Recurrent states.
     */
    state: number;
    /**
     * States of what compresses a history (DeepSeek-V4).
     */
    compressorState: number;
    /**
     * Logits and embeddings that are handed out.
     */
    output: number;
    /**
     * What one step of the computation takes.
     */
    compute: ComputeBytes;
    /**
     * All of it, with the expected computation.
     */
    total: number;
    /**
     * The same, device by device: the computer first, then the GPUs.
     */
    devices: DeviceBytes[];
    /**
     * Whether the architecture is unknown, so that caches are at most what is said here.
     */
    upperBound: boolean;
    /**
     * Tokens of context after padding, of each sequence where they share no cache.
     */
    contextLength: number;
    /**
     * What llama.cpp would refuse, force or warn of.
     */
    findings: Finding[];
}

/**
 * What a reader says: which bytes it wants next, or what it found.
 */
export interface ReadStep {
    /**
     * From, and up to but not including.
     */
    need: [number, number] | null;
    facts: FileFacts | null;
}

/**
 * What a worker does with a model whose context is longer than it can hold.
 */
export type ContextPolicy = "reject" | "cap";

/**
 * What lies on one device, in bytes.
 */
export interface DeviceBytes {
    /**
     * Weights.
     */
    weights: number;
    /**
     * Caches and states.
     */
    context: number;
    /**
     * What is handed out.
     */
    output: number;
    /**
     * The computation.
     */
    compute: ComputeBytes;
}

/**
 * What one step of the computation takes, in bytes.
 */
export interface ComputeBytes {
    /**
     * At least.
     */
    low: number;
    /**
     * Most likely.
     */
    expected: number;
    /**
     * At most.
     */
    high: number;
    /**
     * How it was found.
     */
    source: ComputeSource;
}

/**
 * What the header of one model file says.
 */
export interface FileFacts {
    /**
     * `gguf`, `safetensors`, `onnx`, `pytorch`, ….
     */
    format: string;
    /**
     * The version of the container, as the format counts: `3` of GGUF, the IR version of ONNX, the specification
     * version of Core ML.
     */
    version: string | null;
    /**
     * `model`, or what goes with one: `projector`, `adapter`, `imatrix`, `control_vector`, `vocabulary`.
     */
    kind: string;
    /**
     * `general.architecture` of a GGUF file.
     */
    architecture: string | null;
    /**
     * Tokens, of a GGUF file that states them.
     */
    contextLength: number | null;
    /**
     * Bytes before the tensors' data.
     */
    headerBytes: number;
    /**
     * Bytes of all tensors.
     */
    tensorBytes: number;
    /**
     * Number of tensors.
     */
    tensorCount: number;
    /**
     * Number of elements; of packed weights fewer than there are parameters.
     */
    elementCount: number;
    /**
     * Bits per element over all tensors, as they are stored.
     */
    bitsPerWeight: number | null;
    /**
     * Tensors by type, the one with most bytes first.
     */
    types: TypeTotal[];
    /**
     * The quantization label that follows from the tensors, such as `Q4_K_M`.
     */
    quantization: string | null;
    /**
     * The label that the file declares.
     */
    declaredQuantization: string | null;
    /**
     * Which part of a split model the file is.
     */
    split: SplitPart | null;
    /**
     * What memory is computed from, of a GGUF file that says it.
     */
    geometry: Geometry | null;
    /**
     * The keys that hold one value. Lists (vocabularies) and long texts are left out.
     */
    keys: FileKey[];
    /**
     * Chat templates, the default one first.
     */
    chatTemplates: TemplateFacts[];
    /**
     * The operator sets that the graph asks for.
     */
    opsets: Opset[];
    /**
     * The operators of the graph, the most frequent first.
     */
    operators: OperatorCount[];
    /**
     * What the graph takes.
     */
    inputs: GraphValue[];
    /**
     * What the graph gives.
     */
    outputs: GraphValue[];
    /**
     * Files that hold tensors of this one.
     */
    externalFiles: ExternalFile[];
    /**
     * The parts of a container, in the order of the file.
     */
    sections: FileSection[];
    /**
     * What a pickle would import if it were loaded, the most dangerous first.
     */
    imports: PickleImport[];
    /**
     * What is wrong with the file, though it could be read.
     */
    problems: FileProblem[];
    /**
     * How many more problems there are than are told.
     */
    moreProblems: number;
}

/**
 * What the layers with a state have in common; 0 where a kind of layer has no such thing.
 */
export interface Recurrence {
    /**
     * Tokens that the convolution before it sees.
     */
    convKernel: number;
    /**
     * Width that it works in: `ssm.inner_size`, or all heads together.
     */
    innerLength: number;
    /**
     * Length of one state: `ssm.state_size`, or the size of a head.
     */
    stateLength: number;
    /**
     * Groups that share what goes in: `ssm.group_count`.
     */
    groups: number;
    /**
     * Heads: `ssm.time_step_rank` of the kinds that have heads.
     */
    heads: number;
}

/**
 * What to list. Filters narrow each other.
 */
export interface ListQuery {
    /**
     * Part of the id, in any case.
     */
    search?: string;
    /**
     * User or organisation, exact.
     */
    author?: string;
    /**
     * Tags that must all be there: library, language, `license:mit`, `dataset:x`, …
     */
    filter?: string[];
    /**
     * Task, exact: `text-generation`.
     */
    task?: string;
    /**
     * Library; sent as a filter tag, since the list route ignores its own parameter.
     */
    library?: string;
    /**
     * Order; `trending` where left out, always the greatest first.
     */
    sort?: Sort;
    /**
     * What each row holds. Left out: everything a check needs.
     */
    fields?: string[];
    /**
     * Rows per page, 1 to 1,000; the client's business, not the caller's.
     */
    pageSize?: number;
}

/**
 * What we know of a model. The first six fields are those of the metadata contract; where a value is not
 * known they hold `"unknown"`, `null` or `0`, and [`evidence`](ModelMetadata::evidence) says so.
 */
export interface ModelMetadata {
    /**
     * Family name: `llama`, `qwen`, …; the exact `model_type` where it belongs to no family; or `unknown`.
     */
    architecture: string;
    /**
     * `safetensors`, `gguf`, `onnx`, `pytorch`, …; the first in that order that the files hold; or `unknown`.
     */
    format: string;
    /**
     * Label of the variant one would take first: `Q4_K_M`, `awq-4bit`, …; null where weights are not quantized.
     */
    quantization: string | null;
    /**
     * Parameters in words: `8.03B`, `596M`; or `unknown`.
     */
    parameters: string;
    /**
     * Bytes of all files whose size is known; 0 where none is.
     */
    sizeBytes: number;
    /**
     * Tokens; 2048 where nothing states it, and then its evidence is graded `assumed`.
     */
    maxContextLength: number;
    /**
     * `org/name`.
     */
    id: string;
    /**
     * The exact registry name behind `architecture`: `qwen3_moe`.
     */
    modelType: string | null;
    /**
     * The class that `config.architectures` names: `Qwen3MoeForCausalLM`.
     */
    architectureClass: string | null;
    /**
     * All weight formats of the repository.
     */
    formats: string[];
    /**
     * Labels of all variants, each once.
     */
    quantizations: string[];
    /**
     * Format and label of each variant.
     */
    variants: VariantLabel[];
    /**
     * Number of parameters.
     */
    parameterCount: number | null;
    /**
     * Number of parameters used per token, where a mixture of experts states it.
     */
    activeParameterCount: number | null;
    /**
     * The task, from the Hub's list of pipeline tags.
     */
    task: string | null;
    /**
     * The model this one is an adapter of: it loads on top of that one only.
     */
    adapterOf: string | null;
    /**
     * `auto` or `manual`, where the files need accepted terms.
     */
    gated: string | null;
    /**
     * Where each field is from.
     */
    evidence: MetadataEvidence;
    /**
     * Fields of the listing that could not be read.
     */
    problems: Problem[];
}

/**
 * Where a value is from and how much that is worth.
 */
export interface Evidence {
    /**
     * The key or rule: `config.model_type`, `tags`, `id`, `default`.
     */
    source: string;
    /**
     * How much it is worth.
     */
    grade: Grade;
    /**
     * The text that was read, or what was done with it.
     */
    detail: string | null;
}

/**
 * Where each field of [`ModelMetadata`] is from.
 */
export interface MetadataEvidence {
    /**
     * Of `architecture`.
     */
    architecture: Evidence;
    /**
     * Of `format`.
     */
    format: Evidence;
    /**
     * Of `quantization`.
     */
    quantization: Evidence;
    /**
     * Of `parameters`.
     */
    parameters: Evidence;
    /**
     * Of `sizeBytes`.
     */
    sizeBytes: Evidence;
    /**
     * Of `maxContextLength`.
     */
    maxContextLength: Evidence;
}

/**
 * Whether a model is compatible with a target, how sure that is, and why.
 */
export interface CompatibilityResult {
    /**
     * Whether nothing refuses the model and everything needed is known.
     */
    compatible: boolean;
    /**
     * How sure that is; `none` where the model is not compatible.
     */
    confidence: CompatibilityConfidence;
    /**
     * How the model would run.
     */
    level: Level;
    /**
     * Why the answer is what it is.
     */
    reasons: string[];
    /**
     * What to know before relying on it: assumed or guessed fields, caps, gates.
     */
    warnings: string[];
    /**
     * What would make it run, or run better.
     */
    recommendations: string[];
    /**
     * The same, in structure: one entry for each rule that had something to say.
     */
    findings: Finding[];
}

/**
 * Which cache.
 */
export type CacheKind = "full" | "window" | "indexer" | "compressed" | "highly_compressed" | "compressed_indexer";

/**
 * Which part of a split model a file is.
 */
export interface SplitPart {
    /**
     * From 1, as names count.
     */
    number: number;
    /**
     * How many there are.
     */
    count: number;
}


/**
 * Reads the header of one model file. Free it when done.
 */
export class FileReader {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Takes the bytes of the range it asked for last: all of them, or fewer where the file ends.
     */
    feed(bytes: Uint8Array | number[]): ReadStep;
    /**
     * A reader of a format, for a file of that many bytes, where that is known.
     */
    constructor(format: string, size?: number | null);
    /**
     * The bytes it wants first.
     */
    start(): Float64Array;
}

export function __wbg_reset_state(): void;

/**
 * The parameters of a checkpoint: of all its safetensors files, read to their end, and its `config.json`, empty
 * where it has none. What is packed counts as the weights it stands for.
 */
export function count_checkpoint_parameters(files: FileReader[], config: string): ParameterCounts;

/**
 * The format of a file, by its name or, where that does not tell, by its first bytes.
 */
export function file_format(path: string, start: Uint8Array | number[]): string | undefined;

/**
 * The geometry that the bytes of a `config.json` describe.
 */
export function geometry_of_config(config: Uint8Array | number[]): Geometry;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_filereader_free: (a: number, b: number) => void;
    readonly count_checkpoint_parameters: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly file_format: (a: number, b: number, c: number, d: number) => [number, number];
    readonly filereader_feed: (a: number, b: number, c: number) => [number, number, number];
    readonly filereader_new: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly filereader_start: (a: number) => [number, number];
    readonly geometry_of_config: (a: number, b: number) => [number, number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_drop_slice: (a: number, b: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
