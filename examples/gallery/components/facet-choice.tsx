interface Props {
  value: string;
  count: number;
  checked: boolean;
  onToggle: (value: string) => void;
}

/** One value of a facet, with how many models it would leave. */
export function FacetChoice({ value, count, checked, onToggle }: Props) {
  return (
    <label className={count === 0 && !checked ? 'choice none' : 'choice'}>
      <input type="checkbox" checked={checked} onChange={() => onToggle(value)} />
      <span>{value}</span>
      <span className="count">{count}</span>
    </label>
  );
}
