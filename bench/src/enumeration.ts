import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import postgres from 'postgres'
import { type HttpClient, openHttpClient } from './http-client.ts'
import { compareByRank } from './mann-whitney.ts'
import { formatTable, median } from './report.ts'
import { ENTRY, NO_LIMITS, startServer } from './server.ts'

const SAMPLES = 200
const WARM_UPS = 30
const PASSWORD = 'correct horse battery'
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const SETTINGS = {
  // The issuer of tokens. It must stay the same when the port changes.
  PUBLIC_URL: 'http://localhost:3000',
  MAIL: 'dev',
  LOG_LEVEL: 'warn',
  ...NO_LIMITS,
}

interface Path {
  name: string
  path: string
  status: number
  bodyOf: (email: string) => object
  /** True: the known addresses belong to sign-ups that wait for their link. */
  ofPending?: true
}

interface Sample {
  isKnown: boolean
  milliseconds: number
}

const PATHS: Path[] = [
  {
    name: 'login',
    path: '/login/',
    status: 401,
    bodyOf: (email) => ({ email, password: 'wrong horse battery' }),
  },
  { name: 'reset', path: '/password/reset/', status: 200, bodyOf: (email) => ({ email }) },
  {
    name: 'resend',
    path: '/registration/resend-email/',
    status: 200,
    bodyOf: (email) => ({ email }),
    ofPending: true,
  },
  { name: 'sign-up', path: '/registration/', status: 201, bodyOf: signUpForm },
  {
    name: 'change',
    path: '/email/change/',
    status: 200,
    bodyOf: (email) => ({ new_email: email, password: PASSWORD }),
  },
]

const loadBefore = loadavg()[0]
const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
const database = await startEmbeddedPostgres({ dataDir: join(folder, 'database') })
const settings = { ...SETTINGS, DATABASE_URL: database.url, DATA_DIR: join(folder, 'data') }
try {
  const tokens = await makeUsers()
  report(await measurePaths(tokens))
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

function signUpForm(email: string): object {
  return { email, password1: PASSWORD, password2: PASSWORD, ...NAMES }
}

function addressOf(kind: string, index: number): string {
  return `${kind}-${String(index).padStart(4, '0')}@example.com`
}

/** Creates the known users on a server without verification, and marks their addresses as verified. */
async function makeUsers(): Promise<string[]> {
  const server = await startServer(settings)
  const http = await openHttpClient(server.port)
  const tokens: string[] = []
  for (let index = 0; index < SAMPLES; index++) {
    const answer = await http.ask('POST', '/registration/', signUpForm(addressOf('known', index)))
    tokens.push(JSON.parse(answer).access)
  }
  http.close()
  await server.stop()
  const sql = postgres(database.url, { max: 1 })
  await sql`update users set email_verified = true`
  await sql.end()
  return tokens
}

async function measurePaths(tokens: string[]): Promise<{ path: string; samples: Sample[] }[]> {
  const server = await startServer({ ...settings, EMAIL_VERIFICATION: 'mandatory' })
  const http = await openHttpClient(server.port)
  const measured: { path: string; samples: Sample[] }[] = []
  try {
    for (let index = 0; index < SAMPLES; index++) {
      await http.ask('POST', '/registration/', signUpForm(addressOf('later', index)))
    }
    for (const path of PATHS)
      measured.push({ path: path.path, samples: await measurePath(http, path, tokens) })
  } finally {
    http.close()
    await server.stop()
  }
  return measured
}

/** Asks about every address once, in random order, so that the effects of one call hit both kinds alike. */
async function measurePath(http: HttpClient, path: Path, tokens: string[]): Promise<Sample[]> {
  for (let index = 0; index < WARM_UPS; index++) {
    await ask(http, path, addressOf(`warm-${path.name}`, index), tokens[index])
  }
  const known = path.ofPending ? 'later' : 'known'
  const asked = Array.from({ length: 2 * SAMPLES }, (_, i) => ({ isKnown: i % 2 === 0, index: i >> 1 }))
  const samples: Sample[] = []
  for (const { isKnown, index } of shuffle(asked)) {
    // Another user than the owner of the address asks for the change of address.
    const owner = (index + 1) % SAMPLES
    const email = isKnown ? addressOf(known, owner) : addressOf(`free-${path.name}`, owner)
    const started = performance.now()
    await ask(http, path, email, tokens[index])
    samples.push({ isKnown, milliseconds: performance.now() - started })
  }
  return samples
}

async function ask(http: HttpClient, { path, status, bodyOf }: Path, email: string, token?: string) {
  try {
    await http.ask('POST', path, bodyOf(email), token)
  } catch (error) {
    if (!String(error).includes(`answered ${status}`)) throw error
  }
}

function shuffle<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

function report(measured: { path: string; samples: Sample[] }[]): void {
  const lines = measured.map(({ path, samples }) => {
    const [known, unknown] = [true, false].map((kind) =>
      samples.filter(({ isKnown }) => isKnown === kind).map(({ milliseconds }) => milliseconds),
    ) as [number[], number[]]
    return { path, known: median(known), unknown: median(unknown), ...compareByRank(known, unknown) }
  })
  const table = lines.map(({ path, known, unknown, share, p }) => ({
    path,
    'known ms': known.toFixed(2),
    'unknown ms': unknown.toFixed(2),
    difference: (known - unknown).toFixed(2),
    'known slower': `${(100 * share).toFixed(1)} %`,
    p: p.toFixed(3),
  }))
  const machine = {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    node: process.version,
    entry: ENTRY,
  }
  console.log(`Medians of ${SAMPLES} calls each; p by Mann–Whitney.\n\n${formatTable(table)}\n`)
  console.log(JSON.stringify({ at: new Date().toISOString(), machine: { ...machine, loadBefore }, lines }))
}
