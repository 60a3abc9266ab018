import { Gallery } from '../components/gallery';
import { models } from '../lib/models';

/** Hides the list of a shared link until its filters are applied; see `globals.css`. */
const MARK = "if (location.search) document.documentElement.dataset.restoring = '';";

export default function Page() {
  return (
    <>
      <script>{MARK}</script>
      <h1>Which models run?</h1>
      <p className="lead">
        {models.length} models of the Hugging Face Hub, checked against a worker: what it loads and
        how much context it holds. Change the worker and every verdict changes with it, here in your
        browser.
      </p>
      <noscript>
        <p className="note">
          Without JavaScript the list shows every model with its verdict for the reference worker.
          Search, filters and other workers need JavaScript.
        </p>
      </noscript>
      <Gallery />
    </>
  );
}
