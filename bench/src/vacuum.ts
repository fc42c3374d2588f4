import { parseArgs } from 'node:util'
import { measureVacuum, TABLES } from './vacuum/measure-vacuum.ts'

/** `npm run bench -- vacuum`: what autovacuum does while the content of the tables is replaced. */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    users: { type: 'string', default: '200000' },
    steps: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '3600' },
    /** Without it, the tables have the settings of the migrations. */
    scale: { type: 'string' },
  },
})

const rows = await measureVacuum({
  users: Number(values.users),
  steps: Number(values.steps),
  seconds: Number(values.seconds),
  scale: values.scale === undefined ? null : Number(values.scale),
  report: (line) => console.error(line),
})
console.log(`Scale factors: ${values.scale ?? 'those of the migrations'}. Tables: ${TABLES.join(', ')}.`)
console.table(rows)
