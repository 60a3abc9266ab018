/** What went wrong, with a stable `code` to switch on. The codes are listed in the README. */
export class HubfitError extends Error {
  override readonly name: string = 'HubfitError';
  /** Stable name in `snake_case`: `repo_not_found`, `rate_limited`, `invalid_argument`, … */
  readonly code: string;
  /** The HTTP status, where the Hub answered one. */
  readonly status: number | undefined;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = options.status;
  }
}
