import type { Host } from './host.ts';

/** Where Linux keeps the memory limit of a container, version 2 and version 1. */
const LIMITS = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'];

/** Memory that this process may use: the machine's, or its container's limit. */
export async function probeMemory(host: Host): Promise<{ bytes: number; capped: boolean }> {
  const total = host.totalMemory();
  const limits =
    host.platform === 'linux' ? await Promise.all(LIMITS.map((path) => limit(host, path))) : [];
  const bytes = Math.min(total, ...limits);
  return { bytes, capped: bytes < total };
}

async function limit(host: Host, path: string): Promise<number> {
  try {
    const text = (await host.read(path)).trim();
    // `max` means no limit, and so does the largest page-aligned number.
    return /^\d+$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
