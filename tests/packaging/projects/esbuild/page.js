// Bundled for a page: leaves what it finds in the document.
import { checkModelCompatibility, filterCompatibleModels, HubfitError } from 'hubfit';
import sample from 'hubfit/sample.json';

const verdict = document.createElement('output');
verdict.textContent = `${filterCompatibleModels(sample).length} of ${sample.length}, ${refusal()}`;
document.body.append(verdict);

function refusal() {
  try {
    return checkModelCompatibility(null);
  } catch (error) {
    return error instanceof HubfitError ? error.code : error;
  }
}
