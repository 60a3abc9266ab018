// Dynamic: what the Hub answered to the same question is kept by Next's own fetch.
import { listHuggingFaceModels } from 'hubfit';
import { KEPT } from '../../hub';

export async function GET(request: Request): Promise<Response> {
  const search = new URL(request.url).searchParams.get('q') ?? '';
  const models = await listHuggingFaceModels({ ...KEPT, search, limit: 20 });
  return Response.json(models.map(({ id }) => id));
}
