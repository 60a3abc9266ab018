// What machines and browsers say of their hardware, as their own programs print it.
import { describe, expect, test } from 'vitest';
import type { Host } from '../../ts/hardware/host.ts';
import { detectHardware, HubfitError } from '../../ts/index.ts';

const GIB = 2 ** 30;

function missing(what: string): Error {
  return Object.assign(new Error(`spawn ${what} ENOENT`), { code: 'ENOENT' });
}

/** A machine that prints what is given, and has nothing else. */
function host(
  platform: string,
  programs: Record<string, string> = {},
  files: Record<string, string> = {},
  folders: Record<string, string[]> = {},
): Host {
  const find = <T>(from: Record<string, T>, what: string): Promise<T> => {
    const found = from[what];
    return found === undefined ? Promise.reject(missing(what)) : Promise.resolve(found);
  };
  return {
    platform,
    run: (program) => find(programs, program),
    read: (path) => find(files, path),
    list: (folder) => find(folders, folder),
    totalMemory: () => 64 * GIB,
  };
}

describe('a machine', () => {
  test('with two NVIDIA cards', async () => {
    const smi = 'NVIDIA GeForce RTX 3090, 24576, 8.6\nNVIDIA GeForce RTX 3090, 24576, 8.6\n';
    const found = await detectHardware({ host: host('linux', { 'nvidia-smi': smi }) });
    expect(found.devices).toHaveLength(2);
    expect(found.devices[0]).toMatchObject({
      backend: 'cuda',
      memoryBytes: 24 * GIB,
      arch: '8.6',
      bandwidth: 936e9,
      certainty: { memoryBytes: 'measured', arch: 'measured', bandwidth: 'table' },
    });
    expect(found.ramBytes).toBe(64 * GIB);
    expect(found.name).toContain('64 GB RAM');
  });

  test('whose NVIDIA chip shares the memory', async () => {
    const smi = 'NVIDIA GB10, [N/A], 12.1\n';
    const found = await detectHardware({ host: host('linux', { 'nvidia-smi': smi }) });
    expect(found.devices[0]).toMatchObject({
      unified: true,
      memoryBytes: 64 * GIB,
      certainty: { memoryBytes: 'derived' },
    });
  });

  test('with a card that no table knows', async () => {
    const smi = 'NVIDIA Quantum 9000, 98304, 14.0\n';
    const found = await detectHardware({ host: host('linux', { 'nvidia-smi': smi }) });
    expect(found.devices[0]).toMatchObject({
      bandwidth: null,
      arch: '14.0',
      memoryBytes: 96 * GIB,
    });
    expect(found.devices[0]?.certainty.bandwidth).toBe('unknown');
  });

  test('with an AMD card', async () => {
    const files = {
      '/sys/class/drm/card0/device/vendor': '0x1002\n',
      '/sys/class/drm/card0/device/mem_info_vram_total': `${24 * GIB}\n`,
      '/sys/class/drm/card1/device/vendor': '0x8086\n',
    };
    const rocm = JSON.stringify({
      card0: { 'Card Series': 'AMD Radeon RX 7900 XTX', 'GFX Version': 'gfx1100' },
    });
    const folders = { '/sys/class/drm': ['card0', 'card0-DP-1', 'card1', 'version'] };
    const found = await detectHardware({
      host: host('linux', { 'rocm-smi': rocm }, files, folders),
    });
    expect(found.devices).toEqual([
      expect.objectContaining({
        backend: 'rocm',
        memoryBytes: 24 * GIB,
        arch: 'gfx1100',
        bandwidth: 960e9,
      }),
    ]);
  });

  test('of Apple', async () => {
    const sysctl = `Apple M3 Max\n${36 * GIB}\n`;
    const found = await detectHardware({ host: host('darwin', { sysctl }) });
    expect(found.devices[0]).toMatchObject({
      name: 'Apple M3 Max',
      backend: 'metal',
      unified: true,
      memoryBytes: 36 * GIB,
      bandwidth: 300e9,
    });
  });

  test('with Windows, whose field for memory ends at 4 GiB', async () => {
    const adapters = JSON.stringify([
      { Name: 'AMD Radeon RX 7800 XT', AdapterRAM: 4293918720 },
      { Name: 'Microsoft Basic Display Adapter', AdapterRAM: 0 },
    ]);
    const found = await detectHardware({ host: host('win32', { 'powershell.exe': adapters }) });
    expect(found.devices).toHaveLength(1);
    expect(found.devices[0]?.certainty.memoryBytes).toBe('unknown');
  });

  test('that is a container with a limit', async () => {
    const files = { '/sys/fs/cgroup/memory.max': `${4 * GIB}\n` };
    const found = await detectHardware({ host: host('linux', {}, files) });
    expect(found.ramBytes).toBe(4 * GIB);
    expect(found.findings).toContainEqual({
      code: 'memory_capped',
      probe: 'cgroup',
      message: 'this process may use 4 of 64 GiB',
    });
  });

  test('without a limit, or with one that is none', async () => {
    for (const limit of ['max\n', '9223372036854771712\n', 'nonsense']) {
      const files = { '/sys/fs/cgroup/memory.max': limit };
      const found = await detectHardware({ host: host('linux', {}, files) });
      expect(found.ramBytes, limit).toBe(64 * GIB);
    }
  });

  test('that has no such programs says so', async () => {
    const found = await detectHardware({ host: host('linux') });
    expect(found.devices).toEqual([]);
    expect(found.findings.map(({ code, probe }) => `${code} ${probe}`)).toEqual([
      'probe_skipped nvidia-smi',
      'probe_skipped sysfs',
    ]);
  });

  test('whose program never ends', async () => {
    const slow = { ...host('linux'), run: () => new Promise<string>(() => undefined) };
    const found = await detectHardware({ host: slow, timeoutMs: 20 });
    expect(found.findings).toContainEqual({
      code: 'probe_failed',
      probe: 'nvidia-smi',
      message: 'nvidia-smi: no answer within 20 ms',
    });
  });

  test('whose program prints nonsense', async () => {
    const odd = host('win32', { 'nvidia-smi': '\n,,\n', 'powershell.exe': 'not JSON' });
    const found = await detectHardware({ host: odd });
    expect(found.devices).toEqual([]);
    expect(found.findings).toContainEqual(expect.objectContaining({ code: 'probe_failed' }));
  });

  test('that is this one', async () => {
    const found = await detectHardware();
    expect(found.ramBytes).toBeGreaterThan(2 ** 28);
  });

  test('ends when it is aborted', async () => {
    const signal = AbortSignal.abort();
    const error = await detectHardware({ host: host('linux'), signal }).catch((reason) => reason);
    expect(error).toBeInstanceOf(HubfitError);
    expect(error).toMatchObject({ code: 'aborted' });
  });
});

describe('a browser', () => {
  const adapter = {
    info: { vendor: 'nvidia', architecture: 'ampere', device: '', description: '' },
    limits: { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 31 - 4 },
    features: new Set(['shader-f16']),
  };

  test('with WebGPU', async () => {
    const navigator = { gpu: { requestAdapter: async () => adapter }, deviceMemory: 8 };
    const found = await detectHardware({ navigator });
    expect(found.browser).toMatchObject({ shaderF16: true, maxBufferSize: 2 ** 31 });
    expect(found.devices[0]).toMatchObject({
      name: 'nvidia ampere',
      backend: 'webgpu',
      memoryBytes: 0,
    });
    expect(found.ramBytes).toBe(8 * GIB);
  });

  test.each([
    ['no WebGPU', {}],
    ['no adapter', { gpu: { requestAdapter: async () => null } }],
    ['a failing one', { gpu: { requestAdapter: () => Promise.reject(new Error('lost')) } }],
  ])('with %s', async (_, navigator) => {
    const found = await detectHardware({ navigator });
    expect(found.devices).toEqual([]);
    expect(found.findings.map(({ code }) => code)).toContain('probe_skipped');
  });
});
