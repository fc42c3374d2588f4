import { writeFile } from 'node:fs/promises'
import { BUILT_LAYOUT, buildLayout } from './build-layout.ts'

await writeFile(BUILT_LAYOUT, await buildLayout())
