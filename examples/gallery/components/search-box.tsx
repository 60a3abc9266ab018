'use client';
import { flushQuery } from '../lib/query-store';

interface Props {
  text: string;
  onText: (text: string) => void;
}

/** Searches the ids; all words must be there. */
export function SearchBox({ text, onText }: Props) {
  return (
    <search className="search needs-script">
      <label htmlFor="search">Search models by name</label>
      <input
        id="search"
        type="search"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="qwen 7b instruct"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onBlur={flushQuery}
      />
    </search>
  );
}
