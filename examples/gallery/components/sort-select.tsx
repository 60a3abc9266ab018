import { isSort, SORTS, type Sort } from '../lib/sorts';

interface Props {
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** The order of the list. */
export function SortSelect({ sort, onSort }: Props) {
  return (
    <div className="sort needs-script">
      <label htmlFor="sort">Sort by</label>
      <select
        id="sort"
        value={sort}
        onChange={({ target }) => isSort(target.value) && onSort(target.value)}
      >
        {Object.entries(SORTS).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
