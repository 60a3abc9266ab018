import { type HFModel, HubfitError, listCompatibleModels, searchCompatibleModels } from 'hubfit';

interface Env {
  /** Another Hub than huggingface.co. */
  HUB_URL?: string;
  /** Raises the Hub's rate limit. */
  HF_TOKEN?: string;
}

/** More would outlast a request's time. */
const MOST = 500;

/** What the visitor can change is 4xx; what is between this Worker and the Hub is 5xx. */
const STATUS: Record<string, number> = {
  invalid_argument: 400,
  bad_request: 400,
  not_found: 404,
  method_not_allowed: 405,
  rate_limited: 503,
  hub_unavailable: 502,
  network: 502,
  invalid_response: 502,
};

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      const models = await answer(request, env);
      return Response.json(models, { headers: { 'cache-control': 'public, max-age=3600' } });
    } catch (error) {
      return failure(error);
    }
  },
};

function answer(request: Request, env: Env): Promise<HFModel[]> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== 'GET') throw new Refusal('method_not_allowed', 'only GET');
  if (pathname !== '/') throw new Refusal('not_found', `nothing at ${pathname}`);
  const options = {
    limit: wholeNumber(searchParams.get('limit') ?? '100'),
    // A visitor waits for the answer: a Hub that is in trouble is told soon.
    deadline: 3000,
    ...(env.HUB_URL && { hubUrl: env.HUB_URL }),
    ...(env.HF_TOKEN && { accessToken: env.HF_TOKEN }),
  };
  const query = searchParams.get('q');
  return query ? searchCompatibleModels(query, options) : listCompatibleModels(options);
}

function wholeNumber(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new HubfitError('invalid_argument', `limit: expected 1 to ${MOST}, found ${text}`);
}

/** What this Worker refuses on its own. */
class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function failure(error: unknown): Response {
  if (!(error instanceof HubfitError || error instanceof Refusal)) throw error;
  const { code, message } = error;
  return Response.json({ code, message }, { status: STATUS[code] ?? 500 });
}
