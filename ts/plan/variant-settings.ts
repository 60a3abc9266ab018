/** What ONNX Runtime Web calls the dtypes of files. */
const DTYPES: ReadonlySet<string> = new Set([
  ...['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q2', 'q1', 'bnb4', 'q4f16', 'q2f16', 'q1f16'],
  'quantized',
]);

/** What WebLLM calls its compilations. */
const COMPILED: ReadonlySet<string> = new Set([
  ...['q4f16_1', 'q4f16_0', 'q3f16_1', 'q0f16', 'q4f32_1', 'q0f32', 'q0bf16'],
]);

/** The settings of a runtime that follow from which variant it loads. */
export function variantSettings(
  runtime: string,
  quantization: string | null,
): Record<string, string> {
  const label = quantization?.toLowerCase() ?? '';
  const onnx = runtime === 'transformers.js' || runtime === 'onnxruntime-web';
  if (onnx && DTYPES.has(label)) return { dtype: label };
  if (runtime === 'web-llm' && COMPILED.has(label)) return { quantization: label };
  return {};
}
