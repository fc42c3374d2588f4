import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.ts'
import { waitUntil } from './smtp-sink.ts'

/** A series in an answer of Prometheus. */
export interface Series {
  metric: Record<string, string>
  value: [time: number, value: string]
}

/** A Prometheus of one test. */
export interface TestPrometheus {
  /** Asks by the API, and throws when Prometheus refuses the query. */
  query(expression: string): Promise<Series[]>
  close(): Promise<void>
}

/**
 * Starts a Prometheus that scrapes once a second. Fails on a machine without Prometheus.
 *
 * @param options.targets - hosts with ports
 * @param options.rules - the text of a file of rules
 */
export async function startTestPrometheus(options: {
  job: string
  targets: string[]
  rules: string
}): Promise<TestPrometheus> {
  if (spawnSync('prometheus', ['--version']).status !== 0)
    throw new Error('There is no Prometheus here: apt-get install prometheus')
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-prometheus-'))
  await writeFile(join(folder, 'rules.yml'), options.rules)
  await writeFile(join(folder, 'prometheus.yml'), configure(options))
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn('prometheus', [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ])
  const exit = once(child, 'exit')
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  await waitUntil(async () => {
    if (child.exitCode !== null) throw new Error(errors)
    const answer = await fetch(`${url}/-/ready`).catch(() => null)
    return answer?.ok ?? false
  }, 'Prometheus to be ready')
  return {
    query: async (expression) => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`)
      const body = (await answer.json()) as { data?: { result: Series[] }; error?: string }
      if (!body.data) throw new Error(`Prometheus refuses ${expression}: ${body.error}`)
      return body.data.result
    },
    close: async () => {
      child.kill('SIGTERM')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configure({ job, targets }: { job: string; targets: string[] }): string {
  const names = targets.map((target) => `'${target}'`).join(', ')
  return `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 500ms }
rule_files: [rules.yml]
scrape_configs: [{ job_name: ${job}, static_configs: [{ targets: [${names}] }] }]
`
}
