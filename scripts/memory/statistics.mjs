// How far off estimates are.

/** Percentiles and shares of errors, each estimated / measured − 1. */
export function distribution(errors) {
  const off = errors.map(Math.abs).sort((one, other) => one - other);
  const at = (part) => off[Math.round((off.length - 1) * part)] ?? 0;
  const within = (most) => off.filter((one) => one <= most).length / Math.max(off.length, 1);
  return {
    count: off.length,
    exact: within(0),
    within1: within(0.01),
    within10: within(0.1),
    median: at(0.5),
    p95: at(0.95),
    most: at(1),
  };
}

/** A row of a Markdown table. */
export function row(name, errors, ...more) {
  const { count, exact, within1, within10, median, p95, most } = distribution(errors);
  const percent = (value) => `${(value * 100).toFixed(value > 0 && value < 0.995 ? 2 : 1)} %`;
  const cells = [exact, within1, within10, median, p95, most].map(percent);
  return `| ${[name, count, ...cells, ...more].join(' | ')} |`;
}

/** The heads of the columns. */
export function head(name, ...more) {
  const cells = ['runs', 'exact', 'within 1 %', 'within 10 %', 'median off', '95 %', 'most'];
  const titles = [name, ...cells, ...more];
  return `| ${titles.join(' | ')} |\n|---|${'--:|'.repeat(titles.length - 1)}`;
}

/** An error; two nothings are the same. */
export function off(estimated, measured) {
  return estimated === measured ? 0 : estimated / measured - 1;
}
