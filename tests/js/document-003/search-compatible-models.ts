// Design document 003, example 3, as written but for the package name.
import { searchCompatibleModels } from 'hubfit';

// Only returns compatible models
const models = await searchCompatibleModels('llama', { limit: 10 })

console.log(`Found ${models.length} compatible Llama models`)
models.forEach(m => console.log(`- ${m.id}`))
