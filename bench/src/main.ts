/** The benchmark's parts: `npm run bench -- <part>`. */
const PARTS: Record<string, () => Promise<unknown>> = {
  figures: () => import('./figures.ts'),
  throughput: () => import('./throughput.ts'),
  enumeration: () => import('./enumeration.ts'),
  vacuum: () => import('./vacuum.ts'),
}

// Without the name of a part, the arguments are those of the first.
if (process.argv[2] === undefined || process.argv[2].startsWith('--')) process.argv.splice(2, 0, 'figures')
const part = process.argv[2] ?? ''
if (Object.hasOwn(PARTS, part)) await PARTS[part]?.()
else {
  console.error(`There is no part "${part}"; choose one of ${Object.keys(PARTS).join(', ')}.`)
  process.exitCode = 1
}
