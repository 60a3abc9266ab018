import type { Evidence, ModelMetadata } from 'hubfit';
import { type Field, metadataFields } from '../lib/metadata-fields';
import { Known } from './known';

/** Each field of the metadata with where it is from and what that is worth. */
export function EvidenceTable({ metadata }: { metadata: ModelMetadata }) {
  return (
    <table className="evidence">
      <caption className="hidden">Metadata of {metadata.id} with its evidence</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
          <th scope="col">Grade</th>
          <th scope="col">Source</th>
        </tr>
      </thead>
      <tbody>
        {metadataFields(metadata).map((field) => (
          <Row key={field.label} field={field} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ field }: { field: Field }) {
  const { label, value, evidence } = field;
  const listed = value === undefined ? 'not stated' : 'listing';
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="main-cell">
        <Known>{value}</Known>
      </td>
      <td>
        {evidence ? <span className={`grade ${evidence.grade}`}>{evidence.grade}</span> : '–'}
      </td>
      <td>{evidence ? <Source evidence={evidence} /> : listed}</td>
    </tr>
  );
}

function Source({ evidence }: { evidence: Evidence }) {
  return (
    <>
      <code>{evidence.source}</code>
      {evidence.detail && <span className="muted"> {evidence.detail}</span>}
    </>
  );
}
