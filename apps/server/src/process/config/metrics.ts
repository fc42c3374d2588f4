import { isIP } from 'node:net'
import { isLoopback } from '@latchkey/core'
import { host, integer } from './readers.ts'
import { isLongEnough } from './secrets.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const metricsVariables = {
  METRICS_PORT: documented(integer({ min: 0, max: 65_535 }), {
    default: '–',
    meaning:
      'serves [metrics](guides/monitoring.md#metrics) for Prometheus at `/metrics` of a port of their own',
  }),
  METRICS_HOST: documented(host(), {
    default: '`127.0.0.1`',
    meaning: 'the address of `METRICS_PORT`; another one opens the metrics to other machines',
  }),
  METRICS_TOKEN: documented(
    setting({
      expected: 'a word of at least 32 characters; make one with: openssl rand -hex 32',
      // Other characters cannot be sent in a header as they are.
      read: (text) => (/^[\x21-\x7e]+$/.test(text) && isLongEnough(text) ? text : undefined),
    }),
    {
      default: '–',
      meaning:
        'the bearer token that a reader of the metrics must send; without `METRICS_PORT` it opens `/metrics` on `PORT`',
      secret: true,
    },
  ),
}

/** The settings of {@link metricsVariables}. By default there are no metrics. */
export function metricsConfig(env: SettingsOf<typeof metricsVariables>) {
  const { METRICS_PORT: port = null, METRICS_TOKEN: token = null } = env
  return {
    /** Null: no metrics are kept. */
    metrics: port === null && token === null ? null : { port, token, host: env.METRICS_HOST ?? '127.0.0.1' },
  }
}

/** Finds a port that the server and its metrics would both listen on. */
export function findMetricsFaults({
  host,
  port,
  metrics,
}: ReturnType<typeof metricsConfig> & { host: string; port: number }): string[] {
  if (!metrics?.port || metrics.port !== port || !mayMeet(host, metrics.host)) return []
  return [
    `METRICS_PORT must be another port than PORT, which is ${port}; without METRICS_PORT, METRICS_TOKEN serves /metrics on PORT`,
  ]
}

/** Whether two hosts may be one address. A name counts as every address, because only a look-up knows its own. */
function mayMeet(one: string, other: string): boolean {
  return one === other || [one, other].some((host) => isIP(host) === 0 || UNSPECIFIED.includes(host))
}

/** These listen on every address of the machine. */
const UNSPECIFIED = ['0.0.0.0', '::']

/** Warns about metrics that other machines can read without a proof. */
export function findMetricsWarnings({ metrics }: ReturnType<typeof metricsConfig>): string[] {
  if (metrics === null || metrics.port === null || metrics.token !== null) return []
  return isLoopback(metrics.host) || metrics.host === 'localhost'
    ? []
    : [
        `METRICS_HOST=${metrics.host} opens the metrics to every machine that reaches the port; keep it in a private network, or set METRICS_TOKEN`,
      ]
}
