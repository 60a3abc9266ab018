import type { ReactNode } from 'react';

interface Props {
  id: string;
  children: ReactNode;
}

/** A link to a model's page on the Hub. */
export function HubLink({ id, children }: Props) {
  return (
    <a href={`https://huggingface.co/${id}`} className="hub-link">
      {children}
      <span aria-hidden="true" className="outward">
        ↗
      </span>
    </a>
  );
}
