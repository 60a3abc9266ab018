/** What can go wrong. The README says what to do. */
export type ErrorCode =
  | 'invalid_argument'
  | 'invalid_json'
  | 'invalid_model'
  | 'invalid_file'
  | 'limit_exceeded'
  | 'unauthorized'
  | 'forbidden'
  | 'gated_repo'
  | 'repo_not_found'
  | 'revision_not_found'
  | 'entry_not_found'
  | 'disabled'
  | 'bad_request'
  | 'rate_limited'
  | 'hub_unavailable'
  | 'aborted'
  | 'network'
  | 'offline'
  | 'invalid_response'
  | 'not_initialised'
  | 'internal';

/** What is known of an error beside its code and message. */
export interface ErrorDetails {
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  cause?: unknown;
}

/** What went wrong, with a stable `code` to switch on. The codes are listed in the README. */
export class HubfitError extends Error {
  override readonly name: string = 'HubfitError';
  /** Stable name in `snake_case`: `repo_not_found`, `rate_limited`, `invalid_argument`, … */
  readonly code: ErrorCode;
  /** The HTTP status, where the Hub answered one. */
  readonly status: number | undefined;
  /** Seconds after which the Hub asks to be asked again, where it said so. */
  readonly retryAfter: number | undefined;
  /** When that is, of `rate_limited`: browsers are not told, and there it is missing. */
  readonly resetAt: Date | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    const known = code === 'rate_limited' && details.retryAfter !== undefined;
    this.resetAt = known ? new Date(Date.now() + (details.retryAfter ?? 0) * 1000) : undefined;
  }
}
