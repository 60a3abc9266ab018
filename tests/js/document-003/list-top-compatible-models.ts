// Design document 003, example 4, as written but for the package name.
import { listCompatibleModels } from 'hubfit';

// Get top 50 compatible models by popularity
const top50 = await listCompatibleModels({ 
  limit: 50,
  sort: 'popular'
})

console.log('Top 50 compatible models:')
top50.forEach((m, i) => {
  console.log(`${i + 1}. ${m.id} (${m.downloads} downloads)`)
})
