import type { CompatibilityResult } from 'hubfit';
import { NoteList } from './note-list';

interface Props {
  verdict: CompatibilityResult;
  heading: 'h3' | 'h4';
}

/** Why the verdict is what it is, what to mind and what to do. */
export function VerdictNotes({ verdict, heading }: Props) {
  return (
    <div className="verdict-notes">
      <NoteList title="Reasons" heading={heading} notes={verdict.reasons} />
      <NoteList title="Warnings" heading={heading} notes={verdict.warnings} />
      <NoteList title="Recommendations" heading={heading} notes={verdict.recommendations} />
    </div>
  );
}
