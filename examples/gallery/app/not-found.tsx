import type { Metadata } from 'next';
import { HOME } from '../lib/site';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <h1>Not found</h1>
      <p className="lead">There is no such page. The model may not be part of the sample.</p>
      <p>
        <a href={HOME}>All models</a>
      </p>
    </>
  );
}
