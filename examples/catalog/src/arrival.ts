import { type Catalog, type CatalogProgress, HubfitError, openCatalog } from 'hubfit/catalog';
import { element, make } from './make.ts';
import { counted } from './words.ts';

const notice = element('notice', HTMLElement);
const progress = element('progress', HTMLProgressElement);
const status = element('status', HTMLElement);

/** Opens the snapshot beside the page; calls `grown` whenever more of it is there. */
export async function openSnapshot(grown: () => void): Promise<Catalog | undefined> {
  try {
    const url = new URL('catalog', document.baseURI).href;
    const catalog = await openCatalog(url, {
      onProgress: (told) => {
        showProgress(told);
        grown();
      },
    });
    catalog.ready.then(grown, (error: unknown) => {
      const words = 'The rest of the models did not arrive; what is here can be used.';
      showNotice(`${words} (${reason(error)})`, true);
    });
    return catalog;
  } catch (error) {
    status.textContent = '';
    showNotice(`${kindly(error)} (${reason(error)})`, true);
    return undefined;
  }
}

/** Says that something went wrong, or takes that away. */
export function showNotice(words: string | undefined, retry = false): void {
  notice.hidden = words === undefined;
  notice.replaceChildren(words ?? '');
  if (!retry) return;
  const button = make('button', { type: 'button' }, 'Try again');
  button.addEventListener('click', () => location.reload());
  notice.append(' ', button);
}

/** What an error says. */
export const reason = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function kindly(error: unknown): string {
  const code = error instanceof HubfitError ? error.code : undefined;
  if (code === 'entry_not_found')
    return 'There is no catalog here yet: `npm run snapshot` makes one.';
  if (code === 'network') return 'The catalog cannot be reached. Is there a connection?';
  return 'The catalog could not be opened.';
}

/** Until all models are here, counts are of those that are. */
function showProgress({ rows, total }: CatalogProgress): void {
  progress.hidden = rows >= total;
  progress.max = total;
  progress.value = rows;
  progress.title = `${counted(rows)} of ${counted(total)} models are here`;
}
