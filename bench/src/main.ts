/** The benchmark's parts: `npm run bench -- <part>`. */
const PARTS: Record<string, () => Promise<unknown>> = {
  figures: () => import('./figures.ts'),
  throughput: () => import('./throughput.ts'),
  refreshes: () => import('./refreshes.ts'),
  enumeration: () => import('./enumeration.ts'),
  'moving-in': () => import('./moving-in.ts'),
  vacuum: () => import('./vacuum.ts'),
}

const HELP = `npm run bench -- [part] [options]

figures      the servers beside each other; the part unless another one is named
             --rounds N --seconds N --accounts N --write (writes docs/benchmark.md)
throughput   sign-ins and refreshes per second, beside bare loops
refreshes    plain, keyed and bound refreshes beside each other: --rounds N --seconds N --clients N
enumeration  the times of known and unknown addresses
moving-in    users of another server are moved in, beside a plain COPY of the same rows: --users N
vacuum       what autovacuum does: --users N --steps N --seconds N --scale N
`

// Without the name of a part, the arguments are those of the first.
if (process.argv[2] === undefined || process.argv[2].startsWith('--')) process.argv.splice(2, 0, 'figures')
const part = process.argv[2] ?? ''
if (process.argv.includes('--help')) process.stdout.write(HELP)
else if (Object.hasOwn(PARTS, part)) {
  await PARTS[part]?.().catch((error: NodeJS.ErrnoException) => {
    // An option that does not exist is a mistake of the caller, and needs no stack.
    if (!error.code?.startsWith('ERR_PARSE_ARGS')) throw error
    console.error(`${error.message.split('. ')[0]}. See: npm run bench -- --help`)
    process.exitCode = 1
  })
} else {
  console.error(`There is no part "${part}"; choose one of ${Object.keys(PARTS).join(', ')}.`)
  process.exitCode = 1
}
