import type { Problem } from 'hubfit';

/** Fields of the listing that could not be read; nothing where all could. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="notes">
      <strong>Could not be read</strong>
      <ul>
        {problems.map(({ field, expected, found }) => (
          <li key={field}>
            <code>{field}</code>: expected {expected}, found {found}
          </li>
        ))}
      </ul>
    </div>
  );
}
