/** A model as a catalog has it. What is not known is left out. */
export interface CatalogRow {
  /** `author/name`. */
  id: string;
  /** The part of the id before the slash; it follows from the id. */
  author?: string;
  /** The base model's id. */
  base?: string;
  /** How it came from its base model. */
  relation?: string;
  /** Family name: `llama`, `qwen`, … */
  family?: string;
  /** The task, from the Hub's pipeline tags. */
  task?: string;
  /** The library that loads it. */
  library?: string;
  /** The licence's id, as the model card has it. */
  license?: string;
  /** What the licence allows. */
  licenseClass?: 'open' | 'restricted' | 'non-commercial' | 'unknown';
  /** Where files need accepted terms. */
  gated?: string;
  /** Formats of the weights. */
  formats?: string[];
  /** Labels of the quantizations there are. */
  quantizations?: string[];
  /** Languages by their codes. */
  languages?: string[];
  /** Runtimes that load it. */
  runtimes?: string[];
  /** Inference providers that serve it. */
  providers?: string[];
  /** Tags without those that other fields say. */
  tags?: string[];
  /** Types of data that go in; they follow from the task. */
  inputs?: string[];
  /** Types of data that come out; they follow from the task. */
  outputs?: string[];
  /** Parameters in all. Parameters and bytes are kept to 16 bits, 0.002 %; memory is rounded up. */
  parameters?: number;
  /** Parameters used for each token, of a mixture of experts. */
  activeParameters?: number;
  /** Bytes of the smallest variant. */
  smallestSize?: number;
  /** Bytes of the variant one takes first. */
  recommendedSize?: number;
  /** Bytes of the largest variant. */
  largestSize?: number;
  /** Longest context, in tokens. */
  context?: number;
  /** Of the last 30 days. */
  downloads?: number;
  likes?: number;
  /** The Hub's trending score. */
  trending?: number;
  /** Seconds since 1970, of the day. */
  created?: number;
  /** Seconds since 1970, of the hour. */
  updated?: number;
  /** Mean of the evaluation results, in percent. */
  score?: number;
  /** Bytes that the smallest variant takes on the device whatever the context is. */
  fixedMemory?: number;
  /** Bytes that stay in the computer's memory. */
  hostMemory?: number;
  /** Bytes that each token of context takes, with a cache of 16 bits. */
  tokenMemory?: number;
}
