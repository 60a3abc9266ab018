// Design document 003, example 2, as written but for the package name.
import { filterCompatibleModels, listHuggingFaceModels } from 'hubfit';

const allModels = await listHuggingFaceModels({ limit: 100 })
const compatible = filterCompatibleModels(allModels)

console.log(`Found ${compatible.length} compatible models out of ${allModels.length}`)
