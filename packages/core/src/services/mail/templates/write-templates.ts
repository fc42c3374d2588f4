import { writeFile } from 'node:fs/promises'
import { BUILT_TEMPLATES, buildTemplates } from './build-templates.ts'

await writeFile(BUILT_TEMPLATES, await buildTemplates())
