import { sentence } from '../lib/words';

interface Props {
  title: string;
  heading: 'h3' | 'h4';
  notes: readonly string[];
}

/** Reasons, warnings or recommendations; nothing where there are none. */
export function NoteList({ title, heading: Heading, notes }: Props) {
  if (notes.length === 0) return null;
  return (
    <div className="notes">
      <Heading>{title}</Heading>
      <ul>
        {notes.map((note) => (
          <li key={note}>{sentence(note)}</li>
        ))}
      </ul>
    </div>
  );
}
