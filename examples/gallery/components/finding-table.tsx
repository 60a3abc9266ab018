import type { Finding } from 'hubfit';
import { codeWords, sentence } from '../lib/words';

/** The findings that a verdict is folded from. */
export function FindingTable({ findings }: { findings: readonly Finding[] }) {
  return (
    <table className="evidence">
      <caption className="hidden">Findings</caption>
      <thead>
        <tr>
          <th scope="col">Finding</th>
          <th scope="col">Severity</th>
          <th scope="col">What it says</th>
          <th scope="col">Field</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => (
          <tr key={finding.code + finding.field}>
            <th scope="row">{sentence(codeWords(finding.code))}</th>
            <td>
              <span className={`grade severity-${finding.severity}`}>{finding.severity}</span>
            </td>
            <td className="main-cell">{sentence(finding.message)}</td>
            <td>
              <code>{finding.field}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
