// The first three models are built ahead; the server renders the others when they are asked for.
import { checkModelCompatibility, getHuggingFaceModel, listCompatibleModels } from 'hubfit';
import { HUB } from '../../hub';

export const revalidate = 172800;

export async function generateStaticParams() {
  const models = await listCompatibleModels({ ...HUB, limit: 3 });
  return models.map(({ id }) => ({ id: id.replace('/', '--') }));
}

export default async function ModelPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const model = await getHuggingFaceModel(id.replace('--', '/'), HUB);
  const { compatible, confidence } = checkModelCompatibility(model);
  return (
    <main>
      <h1>{model.id}</h1>
      <p id="verdict">{compatible ? `compatible, ${confidence}` : 'not compatible'}</p>
    </main>
  );
}
