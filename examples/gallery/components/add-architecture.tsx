'use client';
import type { FormEvent } from 'react';
import { knownArchitectures } from '../lib/facet-values';

/** Adds a family or an exact model type by its name. */
export function AddArchitecture({ onAdd }: { onAdd: (name: string) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name === 'string' && name.trim()) onAdd(name.trim());
    event.currentTarget.reset();
  };
  return (
    <form className="add" onSubmit={submit}>
      <label htmlFor="architecture">Another family or model type</label>
      <div className="add-line">
        <input id="architecture" name="name" list="architectures" autoComplete="off" />
        <button type="submit">Add</button>
      </div>
      <datalist id="architectures">
        {knownArchitectures.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}
