/** What stands where no model is shown. */
export function NoResults({ onClear }: { onClear: () => void }) {
  return (
    <div className="empty">
      <p>No model matches.</p>
      <button type="button" onClick={onClear}>
        Clear search and filters
      </button>
    </div>
  );
}
