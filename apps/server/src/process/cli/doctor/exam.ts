import {
  type Context,
  type DatabaseOptions,
  findSessionFaults,
  openClient,
  type Preparation,
  RightsError,
  readPreparation,
  readRights,
  SchemaError,
  TABLE_NAMES,
} from '@latchkey/core'
import pino from 'pino'
import { type Config, listSecretFiles, loadConfig } from '../../config/index.ts'
import { Lifecycle } from '../../lifecycle.ts'
import { once } from '../../once.ts'
import { locateDatabase, openDomain } from '../../open-domain.ts'
import { Unexamined } from './unexamined.ts'

/** One connection to the database, with the settings of the server. */
export type Client = ReturnType<typeof openClient>

/** What a check looks at. Everything is opened when a check first asks for it, and once. */
export interface Exam {
  /** The time of this process, in milliseconds. */
  now(): number
  secretFiles(): ReturnType<typeof listSecretFiles>
  /** @throws {ConfigError} */
  settings(): ReturnType<typeof loadConfig>
  /** @throws {Unexamined} when the settings have mistakes */
  config(): Config
  /** @throws what PostgreSQL, the driver or the system said */
  reach(): Promise<{ client: Client; options: DatabaseOptions }>
  /** @throws {Unexamined} when the database was not reached. Only the check of the way to it says why. */
  reached(): ReturnType<Exam['reach']>
  /** The connection of {@link reached}. */
  client(): Promise<Client>
  /** How the database stands to this build. @throws {SchemaError} when there is no place for the tables */
  preparation(): Promise<Preparation>
  /** The connection of {@link reached}. @throws {Unexamined} unless the tables of this build are there, with their rights */
  migrated(): Promise<Client>
  /** Opens the domain as the server does, except that nothing is migrated. @throws why a start fails */
  start(): Promise<Context>
  /** The domain of {@link start}. @throws {Unexamined} when it does not start. Only the check of the start says why. */
  domain(): Promise<Context>
  close(): Promise<void>
}

const SILENT = pino({ level: 'silent' })

/** Prepares an exam of the deployment that these variables describe, those of this process unless given. */
export function openExam(env?: NodeJS.ProcessEnv): Exam {
  const lifecycle = new Lifecycle()
  const settings = once(() => loadConfig(env))
  const config = () => attempt(() => settings().config, 'the settings have mistakes')
  const start = () => ({ config: config(), log: SILENT, lifecycle, onStep: () => {} })
  const reach = once(() => connect(start()))
  const reached = () => reach().catch(() => fail('the database was not reached'))
  const client = async () => (await reached()).client
  const preparation = once(async () => readPreparation((await reached()).options))
  const migrated = once(async () => {
    const opened = await client()
    const { waiting } = await preparation().catch(explainSchema)
    if (waiting.length > 0) fail('the database is not up to date')
    const { missing, faults } = await readRights(opened, TABLE_NAMES)
    if (missing.length > 0) fail('tables are missing')
    if (faults.length > 0) fail('the role lacks rights')
    return opened
  })
  const open = once(async () => {
    await migrated()
    const options = start()
    const core = await openDomain({ ...options, config: { ...options.config, migrateOnStart: false } })
    return core.context({ ip: null, userAgent: null, acceptLanguage: null, proof: null }, SILENT)
  })
  return {
    now: Date.now,
    secretFiles: () => listSecretFiles(env),
    settings,
    config,
    reach,
    reached,
    client,
    preparation,
    migrated,
    start: open,
    domain: () => open().catch(explainStart),
    close: () => lifecycle.close(() => {}),
  }
}

async function connect(start: Parameters<typeof locateDatabase>[0]) {
  const options = await locateDatabase(start)
  const client = await start.lifecycle.open({
    open: async () => openClient({ ...options, poolSize: 1 }),
    close: (opened: Client) => opened.end({ timeout: 1 }),
  })
  // A pooler refuses the first statement with words that need explaining. What does not fit is told by another check.
  await findSessionFaults(client)
  return { client, options }
}

function attempt<T>(make: () => T, reason: string): T {
  try {
    return make()
  } catch {
    return fail(reason)
  }
}

/** What is wrong with the schema is told by the checks of the schema and of the rights. */
export function explainSchema(error: unknown): never {
  if (error instanceof RightsError) fail('the role lacks rights')
  if (error instanceof SchemaError) fail('the schema has a fault')
  throw error
}

function explainStart(error: unknown): never {
  if (error instanceof Unexamined) throw error
  return fail('the server does not start')
}

function fail(reason: string): never {
  throw new Unexamined(reason)
}
