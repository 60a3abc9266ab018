// CommonJS with types: the declarations beside the .cjs files.
import hubfit = require('hubfit');
import node = require('hubfit/node');
import slim = require('hubfit/slim');

const model: hubfit.HFModel = { id: 'acme/tiny' };
const options: hubfit.SearchOptions = { search: 'llama' };

export const metadata: hubfit.ModelMetadata = hubfit.extractModelMetadata(model);
export const listed: Promise<hubfit.HFModel[]> = hubfit.listCompatibleModels(options);
export const compatible: boolean = node.checkModelCompatibility(model).compatible;
export const init: (bytes: Uint8Array<ArrayBuffer>) => void = slim.initHubfit;
