import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BackLink } from '../../../components/back-link';
import { EvidenceTable } from '../../../components/evidence-table';
import { FileList } from '../../../components/file-list';
import { HubLink } from '../../../components/hub-link';
import { ListingFacts } from '../../../components/listing-facts';
import { ModelVerdict } from '../../../components/model-verdict';
import { ProblemList } from '../../../components/problem-list';
import { models } from '../../../lib/models';
import { modelId, modelSlug } from '../../../lib/slug';

interface Props {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return models.map(({ item }) => ({ slug: modelSlug(item.id) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = modelId((await params).slug);
  return { title: id, description: `Whether a worker can run ${id}, and why.` };
}

export default async function Page({ params }: Props) {
  const id = modelId((await params).slug);
  const model = models.find(({ item }) => item.id === id);
  if (!model) notFound();
  return (
    <article className="model-page">
      <BackLink />
      <h1>{id}</h1>
      <p>
        <HubLink id={id}>On the Hugging Face Hub</HubLink>
      </p>
      <ModelVerdict metadata={model.metadata} />
      <h2>What is known</h2>
      <EvidenceTable metadata={model.metadata} />
      <ProblemList problems={model.metadata.problems} />
      <h2>The listing</h2>
      <ListingFacts item={model.item} />
      <h2>Files</h2>
      <FileList files={model.item.siblings ?? []} />
    </article>
  );
}
