import type { ReactNode } from 'react';
import { toggle } from '../lib/filters';

interface Props {
  label: string;
  /** What stands for no limit. */
  any: string;
  options: readonly string[];
  /** What is ticked where the limit comes back. */
  usual: readonly string[];
  /** Undefined where there is no limit. */
  chosen: readonly string[] | undefined;
  onChange: (chosen: readonly string[] | undefined) => void;
  children?: ReactNode;
}

/** Names that a worker takes: any, or those that are ticked. */
export function LimitList({ label, any, options, usual, chosen, onChange, children }: Props) {
  const all = [...new Set([...options, ...(chosen ?? [])])];
  return (
    <fieldset>
      <legend>{label}</legend>
      <label className="choice any">
        <input
          type="checkbox"
          checked={chosen === undefined}
          onChange={() => onChange(chosen === undefined ? usual : undefined)}
        />
        <span>{any}</span>
      </label>
      <div className="choices">
        {all.map((name) => (
          <label key={name} className="choice">
            <input
              type="checkbox"
              checked={chosen?.includes(name) ?? false}
              onChange={() => onChange(toggle(chosen ?? [], name))}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
