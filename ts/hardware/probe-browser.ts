import { type DetectedDevice, described } from './probe.ts';

/** The part of a browser's `navigator` that is asked. */
export interface BrowserNavigator {
  gpu?: { requestAdapter(): Promise<BrowserAdapter | null> };
  deviceMemory?: number;
  hardwareConcurrency?: number;
}

interface BrowserAdapter {
  info?: { vendor?: string; architecture?: string; device?: string; description?: string };
  limits: Record<string, number>;
  features: { has(name: string): boolean };
}

/** What WebGPU allows here. */
export interface BrowserLimits {
  /** `shader-f16`: models with f16 weights need it. */
  shaderF16: boolean;
  /** Bytes of the largest buffer. */
  maxBufferSize: number;
  /** Bytes of the largest buffer that a shader can read: no tensor may be larger. */
  maxStorageBufferBindingSize: number;
  /** Whether threads can share memory: the page is cross-origin isolated. */
  crossOriginIsolated: boolean;
}

/** The adapter that a page gets, and its limits; browsers hide its memory. */
export async function probeBrowser(
  navigator: BrowserNavigator,
): Promise<{ device: DetectedDevice; limits: BrowserLimits } | undefined> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return undefined;
  const { vendor = '', architecture = '', device = '', description = '' } = adapter.info ?? {};
  const name = description || device || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
  const seen = {
    name,
    vendor: vendor || 'unknown',
    backend: 'webgpu',
    memoryBytes: 0,
    unified: false,
    arch: null,
  };
  return {
    device: described(seen),
    limits: {
      shaderF16: adapter.features.has('shader-f16'),
      maxBufferSize: adapter.limits.maxBufferSize ?? 0,
      maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize ?? 0,
      crossOriginIsolated: Boolean(
        (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated,
      ),
    },
  };
}
