// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.

/**
 * An adapter of PEFT.
 */
export interface AdapterFacts {
    /**
     * `LORA`, `IA3`, `PREFIX_TUNING`, …: of PEFT 0.21 there are 45, of which most runtimes load `LORA` alone.
     */
    peftType: string | null;
    /**
     * The model it loads on top of: `org/name`, or a path on the author's machine.
     */
    baseModel: string | null;
    /**
     * `CAUSAL_LM`, `SEQ_CLS`, ….
     */
    taskType: string | null;
    /**
     * Rank.
     */
    rank: number | null;
    /**
     * What the product is scaled by, over the rank.
     */
    alpha: number | null;
    /**
     * The modules it changes: names, parts of names, one expression, or `all-linear`.
     */
    targetModules: string[];
    /**
     * Modules that it brings along whole.
     */
    modulesToSave: string[];
    /**
     * Whether magnitudes are learned apart (`DoRA`).
     */
    dora: boolean;
    /**
     * Whether `alpha` is over the root of the rank (`rsLoRA`).
     */
    rslora: boolean;
    /**
     * Whether modules differ in rank or alpha.
     */
    mixedRanks: boolean;
}

/**
 * What would fit.
 */
export type Advice = { kind: "context"; variant: number; contextLength: number } | { kind: "cache_type"; variant: number; cacheType: CacheType } | { kind: "setting"; variant: number; setting: string; value: string } | { kind: "smaller_variant"; bytes: number; bitsPerWeight: number | null } | { kind: "smaller_model"; id: string; bytes: number } | { kind: "memory"; bytes: number };

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
     * `RateLimit-Policy`; browsers cannot read it.
     */
    rateLimitPolicy?: string;
    /**
     * Whether an access token was sent.
     */
    authenticated: boolean;
}

/**
 * The settings that an estimate rests on.
 */
export interface AppliedSettings {
    /**
     * Tokens of context, of all sequences together.
     */
    contextLength: number;
    /**
     * Tokens that are given at once.
     */
    batch: number;
    /**
     * Tokens that are computed at once.
     */
    ubatch: number;
    /**
     * Sequences at the same time.
     */
    parallel: number;
    /**
     * Whether sequences share one cache.
     */
    kvUnified: boolean;
    /**
     * How keys are stored.
     */
    cacheTypeK: CacheType;
    /**
     * How values are stored.
     */
    cacheTypeV: CacheType;
    /**
     * Whether attention goes without its whole matrix.
     */
    flashAttention: boolean;
    /**
     * Whether layers with a window keep the whole context.
     */
    swaFull: boolean;
    /**
     * Layers on GPUs, the output among them.
     */
    gpuLayers: number;
    /**
     * Layers whose experts stay in the computer's memory.
     */
    cpuMoe: number;
    /**
     * The share of each GPU; empty where there is none or one.
     */
    tensorSplit: number[];
    /**
     * Whether caches lie beside their layers.
     */
    kvOffload: boolean;
    /**
     * Whether context or placement were chosen to fit, as llama.cpp's `--fit` does.
     */
    fitted: boolean;
    /**
     * Where the settings that nobody gave are from.
     */
    source: string;
}

/**
 * How a layer looks at earlier tokens.
 */
export type Attention = "full" | "window" | "chunked" | "linear" | "recurrent" | "none";

/**
 * What lies beside a model on one device, in bytes.
 */
export interface BesideBytes {
    /**
     * What it is.
     */
    kind: BesideKind;
    /**
     * Where it lies: the place of the device in the list.
     */
    device: number;
    /**
     * Weights.
     */
    weights: number;
    /**
     * Caches, states and what is handed out.
     */
    context: number;
    /**
     * The computation.
     */
    compute: ComputeBytes;
}

/**
 * What lies beside a model.
 */
export type BesideKind = "projector" | "adapter" | "draft" | "mtp";

/**
 * A block of cache.
 */
export interface Block {
    /**
     * Tokens that one holds.
     */
    tokens: number;
    /**
     * Bytes of one in all layers that share it, on the fullest device.
     */
    bytes: number;
    /**
     * How many there are.
     */
    count: Spread;
}

/**
 * A model converted for `CTranslate2`. Its own file says little; the tokens differ by what the model does.
 */
export interface CTranslate2Facts {
    /**
     * `whisper`, `sequence_to_sequence`, `language_model` or `encoder`.
     */
    kind: string;
    /**
     * The token that starts a text.
     */
    bosToken: string | null;
    /**
     * The token that ends one.
     */
    eosToken: string | null;
    /**
     * The token of what is not in the vocabulary.
     */
    unkToken: string | null;
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
 * Which cache.
 */
export type CacheKind = "full" | "window" | "indexer" | "compressed" | "highly_compressed" | "compressed_indexer";

/**
 * How keys or values are stored.
 */
export type CacheType = "f32" | "f16" | "bf16" | "q8_0" | "q5_1" | "q5_0" | "q4_1" | "q4_0" | "iq4_nl";

/**
 * What fits beside the weights.
 */
export interface Capacity {
    /**
     * Bytes for caches and states, on each device.
     */
    cacheBytes: Spread;
    /**
     * Tokens of a block and its bytes in all layers, in runtimes that give out blocks.
     */
    block: Block | null;
    /**
     * Tokens of all sequences together that fit, at this context length.
     */
    tokens: Spread;
    /**
     * Tokens of one sequence that fit when it is alone, at most what the model was made for.
     */
    largestContext: Spread;
    /**
     * Sequences of this context length that fit at the same time: vLLM's "maximum concurrency".
     */
    concurrency: Concurrency;
}

/**
 * What a check against a runtime looked at.
 */
export interface Checked {
    /**
     * The runtime: `vllm`.
     */
    runtime: string;
    /**
     * Its version: the one asked for, or the newest that was read; null where no version was read.
     */
    version: string | null;
    /**
     * The runtime inside, where another one's lists answer: `llama.cpp@b10488`.
     */
    engine: string | null;
    /**
     * What to mind where the version itself was not read.
     */
    note: string | null;
    /**
     * The variant that was judged: of several the one that runs best.
     */
    variant: VariantLabel | null;
    /**
     * How sure the answer is, in percent: from the grade of what is known of the model, the kind of each fact, and how
     * near the version is to one that was read. 0 where the answer is not known.
     */
    certainty: number;
}

/**
 * How sure a verdict is.
 */
export type CompatibilityConfidence = "none" | "low" | "medium" | "high";

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
    /**
     * Of a check against a runtime: what was checked, and how sure the answer is.
     */
    checked?: Checked;
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
 * How the bytes of a computation were found.
 */
export type ComputeSource = "graph" | "like_graph" | "formula" | "guess";

/**
 * Sequences at the same time, within bounds.
 */
export interface Concurrency {
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
}

/**
 * What the config files of a repository say. Each part is from the files that are named with it, and null or empty
 * where there is none.
 */
export interface ConfigFacts {
    /**
     * `config.json` of transformers.
     */
    model: ModelConfigFacts | null;
    /**
     * `quantization_config` of `config.json`, `hf_quant_config.json`, `quantize_config.json`, `quant_config.json`.
     */
    quantization: QuantizationScheme | null;
    /**
     * `generation_config.json`.
     */
    generation: GenerationDefaults | null;
    /**
     * `tokenizer_config.json`.
     */
    tokenizer: TokenizerFacts | null;
    /**
     * Chat templates, the default one first: of `chat_template.jinja` and `additional_chat_templates/`, else of
     * `chat_template.json`, else of `tokenizer_config.json`.
     */
    chatTemplates: TemplateFacts[];
    /**
     * `adapter_config.json` of PEFT.
     */
    adapter: AdapterFacts | null;
    /**
     * `model_index.json` of diffusers.
     */
    pipeline: PipelineFacts | null;
    /**
     * `modules.json`, `1_Pooling/config.json` and other files of sentence-transformers.
     */
    embedding: EmbeddingFacts | null;
    /**
     * `config.json` of timm.
     */
    timm: TimmFacts | null;
    /**
     * `mlc-chat-config.json`, `tensor-cache.json` or `ndarray-cache.json` of MLC.
     */
    mlc: MlcFacts | null;
    /**
     * `genai_config.json` of onnxruntime-genai: where several exports stand side by side, that of the first folder.
     */
    genai: GenaiFacts | null;
    /**
     * `config.json` of `CTranslate2`.
     */
    ctranslate2: CTranslate2Facts | null;
    /**
     * `preprocessor_config.json`, `processor_config.json`.
     */
    processor: ProcessorFacts | null;
    /**
     * Classes that are code in a repository: loading them runs it.
     */
    remoteCode: RemoteClass[];
    /**
     * Files that could not be read.
     */
    problems: FileProblem[];
}

/**
 * What a worker does with a model whose context is longer than it can hold.
 */
export type ContextPolicy = "reject" | "cap";

/**
 * What the chosen variant takes at a context length.
 */
export interface CurvePoint {
    /**
     * Tokens, of all sequences together.
     */
    contextLength: number;
    /**
     * Caches and states.
     */
    context: number;
    /**
     * All of it.
     */
    total: Spread;
    /**
     * Whether it fits with the same placement.
     */
    fits: boolean;
}

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
 * What lies on one device, in bytes.
 */
export interface DeviceBytes {
    /**
     * `CPU` for the computer, then the name of each GPU.
     */
    name: string;
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
    /**
     * What lies beside the model.
     */
    beside: Spread;
    /**
     * All of it.
     */
    total: Spread;
    /**
     * What models may use of it, where the hardware is known.
     */
    usable: Usable | null;
}

/**
 * One dimension of a shape.
 */
export type Dimension = number | string;

/**
 * A model of sentence-transformers.
 */
export interface EmbeddingFacts {
    /**
     * `SentenceTransformer`, `CrossEncoder`, `SparseEncoder`.
     */
    modelType: string | null;
    /**
     * Its modules, in order.
     */
    modules: EmbeddingModule[];
    /**
     * How tokens become one vector: `cls`, `mean`, `max`, `mean_sqrt_len`, `weightedmean`, `lasttoken`. Of several,
     * the vectors are joined.
     */
    pooling: string[];
    /**
     * Dimensions of a token's vector.
     */
    tokenDimensions: number | null;
    /**
     * Dimensions of the embedding.
     */
    dimensions: number | null;
    /**
     * Tokens of the longest input; what is longer is cut.
     */
    maxLength: number | null;
    /**
     * Whether input is put in lower case.
     */
    lowerCase: boolean | null;
    /**
     * What is put before input, by name: `query`, `passage`.
     */
    prompts: Prompt[];
    /**
     * The prompt that is taken where nobody names one.
     */
    defaultPrompt: string | null;
    /**
     * `cosine`, `dot`, `euclidean`, `manhattan`.
     */
    similarity: string | null;
}

/**
 * A module of sentence-transformers.
 */
export interface EmbeddingModule {
    /**
     * Its folder; empty for the repository itself.
     */
    path: string;
    /**
     * Its class without what holds it: `Transformer`, `Pooling`, `Dense`, `Normalize`.
     */
    class: string;
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
     * Bytes of the largest tensor, of a GGUF or safetensors file.
     */
    largestTensor: number | null;
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
     * Where the bytes of its weights belong, of a GGUF model; of a split one, those of this file.
     */
    weights: WeightLayout | null;
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
    /**
     * The facts behind it.
     */
    facts?: UsedFact[];
}

/**
 * Whether something fits.
 */
export type Fit = "yes" | "maybe" | "no" | "unknown";

/**
 * A model exported for onnxruntime-genai.
 */
export interface GenaiFacts {
    /**
     * The architecture in its words: `phi3`, `qwen2_5_vl`, `whisper`.
     */
    modelType: string | null;
    /**
     * Tokens that the model can handle.
     */
    contextLength: number | null;
    /**
     * Tokens that a text has at most where nobody asks otherwise; null where that is the context length.
     */
    maxLength: number | null;
    /**
     * Whether keys and values are allocated once, for as many tokens.
     */
    sharesBuffer: boolean;
    /**
     * Tokens in the vocabulary.
     */
    vocabulary: number | null;
    /**
     * The tokens that end an answer.
     */
    eosTokenIds: number[];
    /**
     * The shape of the decoder.
     */
    decoder: GenaiStack;
    /**
     * The shape of the encoder, where there is one.
     */
    encoder: GenaiStack | null;
    /**
     * The window that attention or the input is cut to, where there is one.
     */
    window: GenaiWindow | null;
    /**
     * Layers of the decoder that keep a state instead of keys and values, in order.
     */
    stateLayers: number[];
    /**
     * Whether some layers keep a state and only the graph says which.
     */
    unlistedStates: boolean;
    /**
     * The graphs that are loaded, in the order of the file.
     */
    sessions: GenaiSession[];
    /**
     * Adapters beside them.
     */
    adapters: string[];
    /**
     * What is wrong with the file.
     */
    problems: FileProblem[];
}

/**
 * A graph that is loaded.
 */
export interface GenaiSession {
    /**
     * What it is for: `decoder`, `encoder`, `embedding`, `vision`, `speech`, `mtp`, ….
     */
    part: string;
    /**
     * Its stage, where the part is a pipeline of several.
     */
    stage: string | null;
    /**
     * The file, from the folder of the config.
     */
    path: string;
    /**
     * The execution providers that it is set up for, as the file spells them, the first one first: `cuda`, `webgpu`,
     * `NvTensorRtRtx`. Without any it runs on the CPU, and a part but the decoder where the decoder runs.
     */
    providers: string[];
}

/**
 * A stack of layers.
 */
export interface GenaiStack {
    /**
     * Layers.
     */
    layers: number | null;
    /**
     * Query heads of each.
     */
    heads: number | null;
    /**
     * Heads with keys and values of each.
     */
    kvHeads: number | null;
    /**
     * Size of one head's key or value.
     */
    headLength: number | null;
    /**
     * Width of the residual stream.
     */
    embeddingLength: number | null;
}

/**
 * A window over earlier tokens.
 */
export interface GenaiWindow {
    /**
     * Tokens that it spans.
     */
    tokens: number;
    /**
     * The layers that look through it, in order; none where all do.
     */
    layers: number[];
    /**
     * Whether the cache of all layers is cut to it, and the prompt read in pieces of its length.
     */
    slidesCache: boolean;
}

/**
 * How a model generates where nobody asks otherwise.
 */
export interface GenerationDefaults {
    /**
     * Whether tokens are drawn by chance; without it the sampling values count for nothing.
     */
    doSample: boolean | null;
    /**
     * Temperature.
     */
    temperature: number | null;
    /**
     * Of how many best tokens one is drawn.
     */
    topK: number | null;
    /**
     * Which share of the probability is drawn from.
     */
    topP: number | null;
    /**
     * The least probability of a token, as a share of the best one's.
     */
    minP: number | null;
    /**
     * What the scores of repeated tokens are divided by.
     */
    repetitionPenalty: number | null;
    /**
     * Tokens of prompt and answer together.
     */
    maxLength: number | null;
    /**
     * Tokens of the answer.
     */
    maxNewTokens: number | null;
    /**
     * The token that starts a text.
     */
    bosTokenId: number | null;
    /**
     * The tokens that end an answer, of which there are often several.
     */
    eosTokenIds: number[];
    /**
     * The token that fills.
     */
    padTokenId: number | null;
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
     * The first layers that are given features of images beside the stream (Qwen3-VL); they lie behind the embeddings.
     */
    deepstackLayers: number;
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
 * How much evidence is worth, best first.
 */
export type Grade = "stated" | "derived" | "guessed" | "assumed" | "unknown";

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
 * The files of a repository, grouped: each stands in one place.
 */
export interface Grouping {
    /**
     * The sets of files that load as one model, the most preferred format first; of one format copies last, and plain
     * ones before those with a name; then by path.
     */
    variants: Variant[];
    /**
     * The variant that one would take first, by the file to open first: of the first format `Q4_K_M`, which llama.cpp
     * takes where it is not told which, else the first with a label, else the first. Null where there is none.
     */
    first: string | null;
    /**
     * What transformers.js loads of them; null where no file has the name of one of its sessions.
     */
    transformersJs: TransformersJsFacts | null;
    /**
     * Files that accompany those, by path.
     */
    sidecars: Sidecar[];
    /**
     * The other files, by path.
     */
    others: ModelFile[];
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
 * The size of an image: height and width, or what its sides are brought to.
 */
export interface ImageSize {
    /**
     * Pixels.
     */
    height: number | null;
    /**
     * Pixels.
     */
    width: number | null;
    /**
     * Pixels that the shorter side is brought to.
     */
    shortestEdge: number | null;
    /**
     * Pixels that the longer side is brought to.
     */
    longestEdge: number | null;
}

/**
 * How dangerous an import is.
 */
export type ImportRisk = "dangerous" | "suspicious" | "safe";

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

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

/**
 * A value: a number, a flag or a text. Whole numbers beyond 2^53 are text, since JavaScript would round them.
 */
export type KeyValue = number | boolean | string;

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
 * A release that was read.
 */
export interface KnownRelease {
    /**
     * The runtime's version.
     */
    version: string;
    /**
     * What was read: `pypi:vllm@0.33.0`.
     */
    artefact: string;
    /**
     * When it was built, `2026-09`, where known.
     */
    month: string | null;
}

/**
 * A runtime, the releases of it that were read, and what is known of it.
 */
export interface KnownRuntime {
    /**
     * `llama.cpp`.
     */
    id: string;
    /**
     * As people write it.
     */
    title: string;
    /**
     * Other names of it.
     */
    aliases: string[];
    /**
     * How its versions are written and ordered: `semver`, `pep440`, `llama.cpp` (builds `b9000`, then tags `v0.5.0`).
     */
    scheme: string;
    /**
     * `registry`: read from the published package; `documentation`: written down from its pages.
     */
    confidence: string;
    /**
     * Whether the package's releases are all releases of the runtime; where not, no bound is exact.
     */
    complete: boolean;
    /**
     * The releases that were read, oldest first.
     */
    releases: KnownRelease[];
    /**
     * Its lists.
     */
    tables: KnownTable[];
}

/**
 * A list of a runtime.
 */
export interface KnownTable {
    /**
     * `architectures`.
     */
    name: string;
    /**
     * What its rows are about: `support`, `alias`, `quantization`, `format`, `feature`, `limit`, `requires`.
     */
    role: string;
    /**
     * Names of its columns, `hf-class`; the first is what a row is about.
     */
    columns: string[];
    /**
     * How many rows it has, those of all releases; 0 where they are not packed and stand in `facts/tables/` alone.
     */
    rows: number;
    /**
     * Path and symbol in the artefact.
     */
    source: string;
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
    /**
     * Of both, the bytes that llama.cpp lays out anew for a CPU; 0 where that is not known.
     */
    repacked: number;
}

/**
 * How a model would run, best first.
 */
export type Level = "native" | "fallback" | "dequantised" | "unknown" | "refused";

/** A page of a listing. */
export interface ListPage extends SelectedRows {
    /** Path and query of the next page, if there is one. */
    next: string | undefined;
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
     * Tags that must all be there: a library, a language, `license:mit`, `arxiv:…`, words of the author's own.
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
     * Language, as its code: `en`.
     */
    language?: string;
    /**
     * Licence: `apache-2.0`.
     */
    license?: string;
    /**
     * A dataset that the model was trained on: `org/name`.
     */
    dataset?: string;
    /**
     * The model that it was made from: `org/name`.
     */
    baseModel?: string;
    /**
     * How it was made from `baseModel`; in any way where left out.
     */
    baseModelRelation?: Relation;
    /**
     * Whether its files need accepted terms.
     */
    gated?: boolean;
    /**
     * Inference providers of which one at least serves it; `all` for any.
     */
    inferenceProviders?: string[];
    /**
     * Whether an inference provider has it loaded.
     */
    warm?: boolean;
    /**
     * Applications of which one at least can run it, as the Hub judges: `llama.cpp`, `vllm`, `ollama`, ….
     */
    apps?: string[];
    /**
     * Parameters at least; models whose parameters nobody counted are left out.
     */
    minParameters?: number;
    /**
     * Parameters at most; models whose parameters nobody counted are left out.
     */
    maxParameters?: number;
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
 * What a model takes in a runtime of llama.cpp's family, and the settings that held.
 */
export interface LlamaCppEstimate {
    /**
     * The runtime: `llama.cpp`, `ollama`, ….
     */
    runtime: string;
    /**
     * The version whose rules these are.
     */
    version: string;
    /**
     * The settings as they held: asked for, or the runtime's own.
     */
    settings: AppliedSettings;
    /**
     * What it takes.
     */
    memory: MemoryEstimate;
}

/**
 * What quantizing costs.
 */
export interface Loss {
    /**
     * By how much the perplexity rises.
     */
    perplexity: number;
    /**
     * Of which model, and who says so.
     */
    source: string;
}

/**
 * What a model takes in memory, in bytes.
 */
export interface MemoryEstimate {
    /**
     * Weights that are loaded.
     */
    weights: number;
    /**
     * Of the weights, those that a CPU with AVX2 gets laid out anew, in memory of their own. Where files are mapped, the
     * pages that they came from are there too until the system drops them: `total` counts them once.
     */
    repacked: number;
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
     * What lies beside the model: projectors, adapters, drafts.
     */
    beside: BesideBytes[];
    /**
     * All of it, with the expected computation.
     */
    total: number;
    /**
     * The same as a range: what is exact, and the bounds of what is not.
     */
    range: Spread;
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
 * What a runtime may use of a device.
 */
export interface MemoryLimit {
    /**
     * In bytes.
     */
    bytes: Spread;
    /**
     * Where the rule is from.
     */
    source: string;
}

/**
 * One part.
 */
export interface MemoryPart {
    /**
     * What it is.
     */
    name: PartName;
    /**
     * Where it lies.
     */
    place: Place;
    /**
     * How much it is.
     */
    bytes: Spread;
    /**
     * Where the rule is from: project, version and path, or who measured it.
     */
    source: string;
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
 * A model compiled for MLC.
 */
export interface MlcFacts {
    /**
     * `llama`.
     */
    modelType: string | null;
    /**
     * `q4f16_1`.
     */
    quantization: string | null;
    /**
     * Tokens that it was compiled for.
     */
    contextWindow: number | null;
    /**
     * Tokens that attention looks back; null where it looks at all.
     */
    slidingWindow: number | null;
    /**
     * Tokens at the start that a window keeps.
     */
    attentionSinks: number | null;
    /**
     * Tokens of a prompt that are taken at once.
     */
    prefillChunk: number | null;
    /**
     * Devices that it was compiled for.
     */
    tensorParallelShards: number | null;
    /**
     * Number of weight files.
     */
    shards: number | null;
    /**
     * Bytes of all of them.
     */
    weightBytes: number | null;
    /**
     * Bits per weight over all of them.
     */
    bitsPerWeight: number | null;
    /**
     * Their tensors by type, the one with most bytes first.
     */
    types: TypeTotal[];
}

/**
 * What a `config.json` says a model is. Its dimensions are the [`Geometry`](super::Geometry)'s.
 */
export interface ModelConfigFacts {
    /**
     * `qwen3_moe`.
     */
    modelType: string | null;
    /**
     * The classes that load it: `Qwen3MoeForCausalLM`.
     */
    architectures: string[];
    /**
     * The type that its weights are meant in: `bfloat16`.
     */
    dtype: string | null;
    /**
     * Tokens that it says it handles; of a model of several parts, those of its language model.
     */
    contextLength: number | null;
    /**
     * The models inside: one of language, one of vision, ….
     */
    parts: ModelPart[];
    /**
     * The version of transformers that wrote it.
     */
    transformersVersion: string | null;
}

/**
 * A file of a repository.
 */
export interface ModelFile {
    /**
     * Its path inside the repository.
     */
    path: string;
    /**
     * Bytes, where known.
     */
    size: number | null;
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
     * Where two sources say different things.
     */
    findings: Finding[];
    /**
     * Fields of the listing that could not be read.
     */
    problems: Problem[];
}

/**
 * A model inside a model.
 */
export interface ModelPart {
    /**
     * The key that its config stands under, with those that lead there: `thinker_config.text_config`.
     */
    key: string;
    /**
     * What it does: `language`, `vision`, `audio`, `speech` (it speaks), `encoder` (of what goes in, whatever that is),
     * `projector` or `draft`.
     */
    kind: string;
    /**
     * `siglip_vision_model`.
     */
    modelType: string | null;
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
 * What takes memory.
 */
export type PartName = "weights" | "cache" | "state" | "activation" | "graphs" | "runtime" | "gradients" | "optimizer" | "adapter";

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
 * A part of a pipeline.
 */
export interface PipelineComponent {
    /**
     * `unet`, `text_encoder_2`, ….
     */
    name: string;
    /**
     * `diffusers`, `transformers`, or the name of a module of the repository's own.
     */
    library: string;
    /**
     * `UNet2DConditionModel`.
     */
    class: string;
}

/**
 * A pipeline of diffusers.
 */
export interface PipelineFacts {
    /**
     * `StableDiffusionXLPipeline`.
     */
    class: string | null;
    /**
     * The version of diffusers that wrote it.
     */
    version: string | null;
    /**
     * Its parts; each has a folder of its name.
     */
    components: PipelineComponent[];
    /**
     * Parts that the pipeline could have and this one has not.
     */
    disabled: string[];
}

/**
 * Where a part lies.
 */
export type Place = "device" | "host";

/**
 * Which variant of a model to take, and what to expect of it.
 */
export interface Plan {
    /**
     * The runtime: `llama.cpp`, `ollama`, ….
     */
    runtime: string;
    /**
     * The version whose rules these are.
     */
    version: string;
    /**
     * The machine, in words.
     */
    hardware: string | null;
    /**
     * Whether the chosen variant fits, and how.
     */
    fit: PlanFit;
    /**
     * The variant to take: its place in the list.
     */
    chosen: number | null;
    /**
     * Every variant that the runtime loads, the best first.
     */
    variants: PlannedVariant[];
    /**
     * The settings of the chosen one, in llama.cpp's family.
     */
    settings: AppliedSettings | null;
    /**
     * What the chosen one takes part by part, in other runtimes.
     */
    memory: RuntimeMemory | null;
    /**
     * What lets a part wait in the computer's memory, where not all fits at once: how the components of a pipeline take
     * turns on the device (`offload` of diffusers), or that layers are placed one by one (`device_map` of transformers).
     */
    offload: string | null;
    /**
     * What the chosen one takes of each memory.
     */
    devices: DeviceBytes[];
    /**
     * All memories together.
     */
    total: Spread;
    /**
     * The same over context lengths, of the chosen one.
     */
    curve: CurvePoint[];
    /**
     * The next better variant, where there is one, and what it costs.
     */
    up: Step | null;
    /**
     * The next smaller one, and what it saves.
     */
    down: Step | null;
    /**
     * What would fit, where nothing does or not whole.
     */
    advice: Advice[];
    /**
     * Where speeds are from.
     */
    speedSource: string;
    /**
     * What there is to know.
     */
    findings: Finding[];
}

/**
 * Whether a variant fits.
 */
export type PlanFit = "full" | "partial" | "no" | "unknown";

/**
 * One variant on a machine.
 */
export interface PlannedVariant {
    /**
     * `Q4_K_M`; the file's name where it has no label.
     */
    name: string;
    /**
     * The file to open first.
     */
    file: string | null;
    /**
     * Bytes of its weights.
     */
    bytes: number;
    /**
     * Bits for each parameter, by its bytes.
     */
    bitsPerWeight: number | null;
    /**
     * What is known of what quantizing costs.
     */
    loss: Loss | null;
    /**
     * Whether it fits.
     */
    fit: PlanFit;
    /**
     * Layers on GPUs, the output among them.
     */
    gpuLayers: number;
    /**
     * Layers whose experts stay in the computer's memory.
     */
    cpuMoe: number;
    /**
     * What it takes, all memories together.
     */
    total: Spread;
    /**
     * Tokens of context that fit with the same placement; of sequences together.
     */
    largestContext: number | null;
    /**
     * Tokens each second while it writes, one sequence.
     */
    generation: Rate | null;
    /**
     * Tokens each second while it reads.
     */
    prompt: Rate | null;
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
 * How images and sounds are prepared.
 */
export interface ProcessorFacts {
    /**
     * `Qwen2_5_VLProcessor`.
     */
    class: string | null;
    /**
     * `Qwen2VLImageProcessor`.
     */
    imageProcessor: string | null;
    /**
     * `WhisperFeatureExtractor`.
     */
    featureExtractor: string | null;
    /**
     * What images are resized to.
     */
    imageSize: ImageSize | null;
    /**
     * What is cut out of them.
     */
    cropSize: ImageSize | null;
    /**
     * Pixels of a patch's side.
     */
    patchSize: number | null;
    /**
     * Patches by patches that become one token.
     */
    mergeSize: number | null;
    /**
     * The least pixels of an image.
     */
    minPixels: number | null;
    /**
     * The most pixels of an image.
     */
    maxPixels: number | null;
    /**
     * What is taken from each channel.
     */
    imageMean: number[];
    /**
     * What each channel is divided by.
     */
    imageStd: number[];
    /**
     * Samples per second.
     */
    samplingRate: number | null;
    /**
     * Bands of a spectrum.
     */
    featureSize: number | null;
    /**
     * Seconds of sound that are taken at once.
     */
    chunkSeconds: number | null;
}

/**
 * A text that is put before input.
 */
export interface Prompt {
    /**
     * `query`.
     */
    name: string;
    /**
     * `query: `.
     */
    text: string;
}

/**
 * How a checkpoint is quantized, in the words of its config.
 */
export interface QuantizationScheme {
    /**
     * The method: `gptq`, `compressed-tensors`, `mlx`. A method this version does not know is as the config
     * spells it.
     */
    method: string;
    /**
     * The bits of one weight, without what its group shares; null where the config does not say, or where groups
     * differ.
     */
    bits: number | null;
    /**
     * How many weights share a scale; null where the config does not say, or a whole row does.
     */
    groupSize: number | null;
    /**
     * The variant of the method: `pack-quantized`, `nf4`, `gemm`, `affine`.
     */
    format: string | null;
    /**
     * The type that the checkpoint wants its KV cache in.
     */
    kvCacheDtype: string | null;
}

/**
 * Tokens each second, within bounds.
 */
export interface Rate {
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
 * How a model was made from another, as the Hub tells models apart.
 */
export type Relation = "adapter" | "finetune" | "merge" | "quantized";

/**
 * A class that is code in a repository.
 */
export interface RemoteClass {
    /**
     * What asks for it: `AutoModelForCausalLM`.
     */
    loader: string;
    /**
     * File and class: `modeling_phi3.Phi3ForCausalLM`.
     */
    class: string;
    /**
     * The repository that it is in; null for the model's own.
     */
    repository: string | null;
}

/**
 * What a model is for.
 */
export type Role = "decoder" | "encoder" | "encoder_decoder" | "diffusion";

/**
 * What a model takes in memory in a runtime, in bytes.
 *
 * A part that follows from a rule of the runtime has one figure; others are ranges. With several devices, parts
 * are those of the fullest one.
 */
export interface RuntimeMemory {
    /**
     * The runtime's id: `vllm`.
     */
    runtime: string;
    /**
     * The version whose rules these are; empty where they belong to none.
     */
    version: string;
    /**
     * What takes memory, part by part, on the fullest device and in the computer's memory.
     */
    parts: MemoryPart[];
    /**
     * All parts on that device.
     */
    device: Spread;
    /**
     * All parts in the computer's memory.
     */
    host: Spread;
    /**
     * Devices that share the model.
     */
    devices: number;
    /**
     * What the runtime may use of that device, where the hardware is known.
     */
    limit: MemoryLimit | null;
    /**
     * Whether it fits there.
     */
    fits: Fit;
    /**
     * What fits beside the weights, where the hardware is known.
     */
    capacity: Capacity | null;
    /**
     * Tokens of context that the caches are computed for, each sequence.
     */
    contextLength: number;
    /**
     * Sequences that the caches are computed for.
     */
    sequences: number;
    /**
     * Whether something about the model is missing, so that caches are at most what is said here.
     */
    upperBound: boolean;
    /**
     * Fields of the geometry that are missing.
     */
    missing: string[];
    /**
     * What the runtime would refuse, force or warn of, and what is not known.
     */
    findings: Finding[];
}

/**
 * What a runtime's lists say of a name.
 */
export interface RuntimeSupport {
    /**
     * `llama.cpp`.
     */
    runtime: string;
    /**
     * The version that was asked for, or the newest that was read.
     */
    version: string;
    /**
     * The release that answers, where one does: `pypi:vllm@0.33.0`.
     */
    artefact: string | null;
    /**
     * What to mind where the version itself was not read; where no row has the name also lists that are not packed.
     */
    note: string | null;
    /**
     * The rows that have the name, of all tables and all versions.
     */
    rows: SupportRow[];
    /**
     * Where no row has it: names of the runtime's lists that are written alike.
     */
    near: string[];
}

/** Rows of a listing page. */
export interface SelectedRows {
    /** For each row: its index, the first byte of its JSON in the page, the byte after its last. */
    kept: Uint32Array;
    /** Rows that could not be read. */
    skipped: SkippedRow[];
    /** How many rows the page has. */
    total: number;
}

/**
 * What a finding does to the verdict.
 */
export type Severity = "info" | "warning" | "unknown" | "error";

/**
 * A file that accompanies variants and is none.
 */
export interface Sidecar {
    /**
     * What it is.
     */
    kind: SidecarKind;
    /**
     * `gguf`, `safetensors`, …; `other` for one that is in none of the formats of weights.
     */
    format: string;
    /**
     * The file.
     */
    file: ModelFile;
    /**
     * The precision that its name tells: `F16`, `Q8_0`.
     */
    quantization: string | null;
    /**
     * The variants that a projector or a draft head is taken with, by their primary files: of several of a kind, the
     * one that shares the deepest folder with a variant, then the one with the nearest number of bits, as llama.cpp
     * takes them. Null of other kinds, between which nothing chooses.
     */
    variants: string[] | null;
}

/**
 * What a sidecar is.
 */
export type SidecarKind = "projector" | "mtp" | "draft" | "adapter" | "control_vector" | "imatrix" | "vocabulary" | "tokenizer" | "chat_template" | "component";

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
 * Orders of a listing, by the words people use and by the Hub's own.
 */
export type Sort = "trending" | "trendingScore" | "popular" | "downloads" | "likes" | "likes7d" | "likes30d" | "recent" | "lastModified" | "createdAt" | "num_parameters" | "mainSize" | "id";

/**
 * A token that is no text.
 */
export interface SpecialToken {
    /**
     * `bos`, `eos`, ….
     */
    role: string;
    /**
     * How it is written: `<|endoftext|>`.
     */
    text: string;
}

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
 * A quantity that is known within bounds.
 */
export interface Spread {
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
}

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
 * Another variant beside the chosen one.
 */
export interface Step {
    /**
     * Its place in the list.
     */
    variant: number;
    /**
     * Bytes more that it takes; fewer where negative.
     */
    bytes: number;
    /**
     * Bits for each parameter more.
     */
    bitsPerWeight: number | null;
    /**
     * By how much the perplexity rises; falls where negative.
     */
    perplexity: number | null;
    /**
     * How much of the speed of writing is left: 0.8 of it.
     */
    speed: number | null;
}

/**
 * A row of a list.
 */
export interface SupportRow {
    /**
     * The list: `architectures`.
     */
    table: string;
    /**
     * Names of its columns.
     */
    columns: string[];
    /**
     * What the row has in each, `-` where nothing.
     */
    cells: string[];
    /**
     * What it says of the version: `supported`, `not_yet`, `removed`, `unknown`.
     */
    status: string;
    /**
     * The first version that has it; none where it holds for all.
     */
    since: string | null;
    /**
     * `exact`, or `sampled` where it may have come with an earlier release, which was not read.
     */
    sinceBound: string | null;
    /**
     * The first version that has it no more; none where the newest has it.
     */
    until: string | null;
    /**
     * `exact` or `sampled`.
     */
    untilBound: string | null;
    /**
     * Path and symbol in the artefact.
     */
    source: string;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * A chat template, and what it reads.
 */
export interface TemplateFacts {
    /**
     * `tool_use`, `rag`, …; null for the default one.
     */
    name: string | null;
    /**
     * `tools`, `tool_calls`, `documents`, `vision`, `audio`, `reasoning`, `system`; null where it was too long to look at.
     */
    uses: string[] | null;
}

/**
 * An image model of timm.
 */
export interface TimmFacts {
    /**
     * `vit_base_patch16_224`.
     */
    architecture: string | null;
    /**
     * Which training: `augreg_in21k_ft_in1k`.
     */
    tag: string | null;
    /**
     * Number of classes; 0 of a model that makes features alone.
     */
    numClasses: number | null;
    /**
     * Number of features.
     */
    numFeatures: number | null;
    /**
     * Channels, height and width.
     */
    inputSize: number[];
    /**
     * What is taken from each channel.
     */
    mean: number[];
    /**
     * What each channel is divided by.
     */
    std: number[];
    /**
     * `bicubic`.
     */
    interpolation: string | null;
    /**
     * Which share of a resized image is cut out.
     */
    cropShare: number | null;
}

/**
 * What a tokenizer says of itself.
 */
export interface TokenizerFacts {
    /**
     * Its class: `Qwen2Tokenizer`.
     */
    class: string | null;
    /**
     * Tokens of the longest input; null where there is no limit (transformers writes 1e30 for it).
     */
    maxLength: number | null;
    /**
     * Whether it starts each input with the `bos` token.
     */
    addBosToken: boolean | null;
    /**
     * Whether it ends each input with the `eos` token.
     */
    addEosToken: boolean | null;
    /**
     * `bos`, `eos`, `unk`, `pad`, `sep`, `cls`, `mask`: those there are.
     */
    specialTokens: SpecialToken[];
}

/**
 * What the option `dtype` of transformers.js loads where it names one for all sessions.
 */
export interface TransformersJsDtype {
    /**
     * `fp32`, `fp16`, `q8`, `q4f16`, ….
     */
    dtype: string;
    /**
     * Bytes of the files that are there; null where those of any are unknown.
     */
    sizeBytes: number | null;
    /**
     * Files that are not there: with any, the model cannot be loaded so.
     */
    missingFiles: string[];
}

/**
 * The graphs of a repository as transformers.js asks for them: sessions, each in one or several dtypes.
 */
export interface TransformersJsFacts {
    /**
     * The sessions that the model needs: those of the class of model that misses the fewest, for names do not tell the
     * class.
     */
    needed: string[];
    /**
     * The dtypes in which some needed session is there, in the order of transformers.js: `fp32`, `q8`, `q4f16`.
     */
    dtypes: TransformersJsDtype[];
    /**
     * The sessions that are there, needed or not, each in each dtype that it is there in: a choice of one dtype for
     * each needed session can be loaded where nothing of those is missing.
     */
    sessions: TransformersJsSession[];
}

/**
 * A session in one dtype.
 */
export interface TransformersJsSession {
    /**
     * `model`, `decoder_model_merged`, ….
     */
    name: string;
    /**
     * `fp32`, `fp16`, `q8`, `q4f16`, ….
     */
    dtype: string;
    /**
     * The graph, and the data beside it.
     */
    files: ModelFile[];
    /**
     * Data that is not there although some with a higher number is.
     */
    missingFiles: string[];
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
 * How much of a memory models may use.
 */
export interface Usable {
    /**
     * Bytes that models may use.
     */
    bytes: number;
    /**
     * Bytes left to the system, the driver and the desktop.
     */
    reserve: number;
    /**
     * How the reserve was found.
     */
    source: string;
}

/**
 * A fact of the knowledge base that a finding rests on.
 */
export interface UsedFact {
    /**
     * Whose fact it is: `vllm`.
     */
    runtime: string;
    /**
     * The release that was read for it: `pypi:vllm@0.33.0`; null of a fact that is written by hand.
     */
    artefact: string | null;
    /**
     * The row, or what was looked for and not found.
     */
    row: SupportRow;
}

/**
 * The set of files that loads as one model: one GGUF quant with its shards, one safetensors set with its index, one
 * ONNX dtype with all its sessions and external data.
 */
export interface Variant {
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
    /**
     * What loaders call it by, where it is not the plain one: `fp16` of `model.fp16.safetensors`. A pipeline takes the
     * parts that its `fp16` lacks from the plain variant.
     */
    name: string | null;
    /**
     * The folder that holds it; empty for the repository itself.
     */
    folder: string;
    /**
     * The file to open first: it holds the header that says most. Null where no files are listed.
     */
    primaryFile: string | null;
    /**
     * All its files, weights and what belongs to them, by path. Configs and tokenizers, which variants share, are
     * not among them.
     */
    files: ModelFile[];
    /**
     * Bytes of all its files; null where the size of one is not known.
     */
    sizeBytes: number | null;
    /**
     * How many files of weights there are.
     */
    shards: number;
    /**
     * How many there should be, by their names; null where those do not say.
     */
    expectedShards: number | null;
    /**
     * Shards that are missing, the first hundred.
     */
    missingFiles: string[];
    /**
     * Whether no file is missing, as far as names tell.
     */
    complete: boolean;
    /**
     * Whether its shards are pieces of one file, which must be joined before it loads.
     */
    joined: boolean;
    /**
     * The file to open first of the variant whose weights these are again: in the layout of the model's author
     * (`consolidated*`, `original/`), or in shards beside one whole file.
     */
    copyOf: string | null;
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
    /**
     * Of what belongs to no layer, the bytes that llama.cpp lays out anew for a CPU; 0 where that is not known.
     */
    repacked: number;
}

/**
 * A format, and how sure it is that the worker loads it (`high` where left out).
 */
export type WorkerFormat = string | { format: string; confidence: CompatibilityConfidence };

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
