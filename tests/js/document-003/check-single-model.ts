// Design document 003, example 1, as written but for the package name.
import { checkModelCompatibility, getHuggingFaceModel } from 'hubfit';

const model = await getHuggingFaceModel('meta-llama/Llama-3.2-1B')
const compat = checkModelCompatibility(model)

if (compat.compatible) {
  console.log('✅ Model is compatible!')
  console.log(`Confidence: ${compat.confidence}`)
} else {
  console.log('❌ Model is NOT compatible')
  console.log(`Reasons: ${compat.reasons.join(', ')}`)
}
