// Bundled for Node: prints what it finds.
import { checkModelCompatibility, filterCompatibleModels, HubfitError } from 'hubfit';
import sample from 'hubfit/sample.json';

console.log(`${filterCompatibleModels(sample).length} of ${sample.length}, ${refusal()}`);

function refusal() {
  try {
    return checkModelCompatibility(null);
  } catch (error) {
    return error instanceof HubfitError ? error.code : error;
  }
}
