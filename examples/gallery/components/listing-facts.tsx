import type { HFModel } from 'hubfit';
import { exact } from '../lib/words';
import { Fact } from './fact';

/** What the listing says of a model besides what is checked. */
export function ListingFacts({ item }: { item: HFModel }) {
  const license = item.tags?.find((tag) => tag.startsWith('license:'))?.slice('license:'.length);
  return (
    <dl className="facts">
      <Fact label="Downloads (30 days)">
        {item.downloads === undefined ? undefined : exact(item.downloads)}
      </Fact>
      <Fact label="Likes">{item.likes === undefined ? undefined : exact(item.likes)}</Fact>
      <Fact label="Created">{item.createdAt?.slice(0, 10)}</Fact>
      <Fact label="Library">{item.library_name}</Fact>
      <Fact label="License">{license}</Fact>
    </dl>
  );
}
