'use client';
import { useState } from 'react';
import type { Entry } from '../lib/select-models';
import { EvidenceTable } from './evidence-table';
import { ProblemList } from './problem-list';
import { VerdictNotes } from './verdict-notes';

/** What a row keeps folded. The table is made when it is first looked at: 327 of them are a lot of page. */
export function ModelDetails({ model, verdict }: Entry) {
  const [opened, setOpened] = useState(false);
  return (
    <details className="more" onToggle={() => setOpened(true)}>
      <summary>
        Details<span className="hidden"> of {model.item.id}</span>
      </summary>
      <VerdictNotes verdict={verdict} heading="h4" />
      {opened && <EvidenceTable metadata={model.metadata} />}
      {opened && <ProblemList problems={model.metadata.problems} />}
    </details>
  );
}
