/** What probes may ask of the machine they run on. */
export interface Host {
  /** `linux`, `darwin`, `win32`. */
  platform: string;
  /** What a program prints; rejects where it is missing, fails or takes too long. */
  run(program: string, args: string[]): Promise<string>;
  /** A small text file. */
  read(path: string): Promise<string>;
  /** The names in a folder. */
  list(folder: string): Promise<string[]>;
  /** Bytes of memory that the system reports. */
  totalMemory(): number;
}

type Builtin = (name: string) => unknown;

/** Node's own modules, reached without an import that bundlers for browsers would have to resolve. */
export function nodeHost(timeoutMs: number, signal: AbortSignal | undefined): Host | undefined {
  const { process } = globalThis as { process?: { platform: string; getBuiltinModule?: Builtin } };
  const builtin = process?.getBuiltinModule;
  if (!process || !builtin) return undefined;
  const { execFile } = builtin('node:child_process') as typeof import('node:child_process');
  const { readFile, readdir } = builtin('node:fs/promises') as typeof import('node:fs/promises');
  const { totalmem } = builtin('node:os') as typeof import('node:os');
  const options = { timeout: timeoutMs, maxBuffer: 1 << 20, ...(signal && { signal }) };
  return {
    platform: process.platform,
    run: (program, args) =>
      new Promise((resolve, reject) => {
        execFile(program, args, options, (error, out) => (error ? reject(error) : resolve(out)));
      }),
    read: (path) => readFile(path, 'utf8'),
    list: (folder) => readdir(folder),
    totalMemory: totalmem,
  };
}
