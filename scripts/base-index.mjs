// Writes the index of Base beside the compiled engine; the last step of the build.
import { writeFileSync } from 'node:fs'
import { indexBase } from '../dist/engine/base-index.js'

writeFileSync(new URL('../dist/engine/base-index.json', import.meta.url), JSON.stringify(indexBase()))
