// ISR: the page is made anew each second; the answers behind it are kept for an hour by Next's own fetch.
import { getHuggingFaceModel, listCompatibleModels } from 'hubfit';
import { KEPT } from '../hub';

export const revalidate = 1;

export default async function KeptPage() {
  const models = await listCompatibleModels({ ...KEPT, limit: 5 });
  const first = models[0] && (await getHuggingFaceModel(models[0].id, KEPT));
  return (
    <main>
      <p id="kept">{models.map(({ id }) => id).join(' ')}</p>
      <p id="files">{first?.siblings?.length}</p>
      <p id="made">{Date.now()}</p>
    </main>
  );
}
