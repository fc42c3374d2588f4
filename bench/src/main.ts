/** The benchmark's parts: `npm run bench -- <part>`. */
const PARTS: Record<string, () => Promise<unknown>> = {
  throughput: () => import('./throughput.ts'),
  enumeration: () => import('./enumeration.ts'),
}

const [part = 'throughput'] = process.argv.slice(2)
if (Object.hasOwn(PARTS, part)) await PARTS[part]?.()
else {
  console.error(`There is no part "${part}"; choose one of ${Object.keys(PARTS).join(', ')}.`)
  process.exitCode = 1
}
