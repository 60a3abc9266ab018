import { HOME } from '../lib/site';

export function SiteHeader() {
  return (
    <header className="site-header">
      <a href={HOME} className="brand">
        Model gallery
      </a>
      <span className="muted">checked with hubfit</span>
    </header>
  );
}
