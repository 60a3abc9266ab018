/** What a Worker is asked: a method of `LocalCatalog`, or `open` and `join` with the compiled halves of the core. */
export interface Asked {
  number: number;
  method: string;
  given: unknown[];
}

/** What it answers: a value, as JSON, and how many models there are, or an error. */
export interface WorkerAnswer {
  number: number;
  value?: string | undefined;
  size?: number;
  error?: { code: string; message: string };
}
