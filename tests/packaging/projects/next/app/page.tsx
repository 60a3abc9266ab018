// Static: the Hub is asked while the site is built.
import { listCompatibleModels } from 'hubfit';
import { Filter } from './filter';
import { HUB } from './hub';

export const dynamic = 'force-static';

export default async function ModelsPage() {
  const models = await listCompatibleModels({ ...HUB, limit: 50 });
  return (
    <main>
      <h1>Compatible models</h1>
      <p id="listed">{models.length}</p>
      <ul>
        {models.map(({ id }) => (
          <li key={id}>
            <a href={`/models/${id.replace('/', '--')}`}>{id}</a>
          </li>
        ))}
      </ul>
      <Filter />
    </main>
  );
}
