// node generate.mjs: writes a client of each generator to generated/, from openapi.json in this folder.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

const run = (name, ...args) =>
  execFileSync(`node_modules/.bin/${name}`, args, { stdio: ['ignore', 'inherit', 'inherit'] })

mkdirSync('generated', { recursive: true })
run('orval', '--config', 'orval.config.mjs')
run('kubb', 'generate', '--config', 'kubb.config.mjs')
run(
  'swagger-typescript-api',
  'generate',
  '--path',
  'openapi.json',
  '--output',
  'generated',
  '--name',
  'swagger-typescript-api.ts',
)
run('oazapfts', 'openapi.json', 'generated/oazapfts.ts')
