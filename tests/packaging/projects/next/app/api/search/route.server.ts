// Dynamic: rendered by the server for each request.
import { HubfitError, searchCompatibleModels } from 'hubfit';
import { HUB } from '../../hub';

export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const limit = Number(searchParams.get('limit') ?? 50);
  try {
    const models = await searchCompatibleModels(searchParams.get('q') ?? '', { ...HUB, limit });
    return Response.json(models.map(({ id }) => id));
  } catch (error) {
    if (!(error instanceof HubfitError)) throw error;
    return Response.json({ code: error.code }, { status: 400 });
  }
}
