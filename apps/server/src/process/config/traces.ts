import { flag, oneOf } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** The standard words for the share of calls that are traced. */
export type Sampler = (typeof SAMPLERS)[number]

export const traceVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: documented(address(), {
    default: '–',
    meaning:
      'sends [traces](guides/monitoring.md#traces) to `/v1/traces` of a collector: `http://localhost:4318`',
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: documented(address(), {
    default: '–',
    meaning: 'the same, as a whole address that is used as it is',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: documented(pairs(/^[\x20-\x2b\x2d-\x7e]+$/), {
    default: '–',
    meaning: 'headers for the collector, such as `authorization=Bearer%20…`; separated by commas',
    secret: true,
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: documented(oneOf(['http/protobuf']), {
    default: '`http/protobuf`',
    meaning: 'the only protocol there is',
  }),
  OTEL_SERVICE_NAME: documented(
    setting({
      expected: 'a name of letters, digits, dots, dashes and underscores',
      read: (text) => (/^[\w.-]{1,100}$/.test(text) ? text : undefined),
    }),
    { default: '`latchkey`', meaning: 'the name of this server in traces' },
  ),
  OTEL_RESOURCE_ATTRIBUTES: documented(pairs(/^[\w.:/-]+$/), {
    default: '–',
    meaning: 'what else traces tell of this server: `deployment.environment.name=staging`',
  }),
  OTEL_TRACES_SAMPLER: documented(oneOf(SAMPLERS), {
    default: '`parentbased_always_on`',
    meaning: 'which calls are traced: all, none, or a share (`parentbased_traceidratio`)',
  }),
  OTEL_TRACES_SAMPLER_ARG: documented(share(), {
    default: '`1`',
    meaning: 'the share of the sampler `traceidratio`, from 0 to 1',
  }),
  OTEL_SDK_DISABLED: documented(flag(), { default: '`false`', meaning: '`true` sends no traces' }),
}

/** The settings of {@link traceVariables}. By default nothing is traced. */
export function traceConfig(env: SettingsOf<typeof traceVariables>) {
  const url = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? appendPath(env.OTEL_EXPORTER_OTLP_ENDPOINT)
  if (url === undefined || env.OTEL_SDK_DISABLED) return { traces: null }
  return {
    traces: {
      url,
      headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
      serviceName: env.OTEL_SERVICE_NAME ?? 'latchkey',
      attributes: env.OTEL_RESOURCE_ATTRIBUTES ?? {},
      sampler: env.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on',
      share: env.OTEL_TRACES_SAMPLER_ARG ?? 1,
    },
  }
}

/** How traces are sent. */
export type TraceSettings = NonNullable<ReturnType<typeof traceConfig>['traces']>

function appendPath(base: string | undefined): string | undefined {
  return base === undefined ? undefined : `${base.replace(/\/$/, '')}/v1/traces`
}

/** A share, from 0 to 1. */
export function share() {
  return setting({
    expected: 'a number from 0 to 1 such as 0.1',
    read: (text) => {
      const value = /^\d(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
      return value >= 0 && value <= 1 ? value : undefined
    },
  })
}

/** The address of a collector. A password has its place in the headers. */
function address() {
  return setting({
    expected: 'an address such as http://localhost:4318, without a user, a query or a fragment',
    read: (text) => {
      const url = URL.canParse(text) ? new URL(text) : null
      const isPlain = url && !url.username && !url.password && !url.search && !url.hash
      return isPlain && /^https?:$/.test(url.protocol) ? text : undefined
    },
  })
}

/** Pairs such as `name=value`, separated by commas. Values are percent-encoded. */
function pairs(allowed: RegExp) {
  return setting({
    expected: 'pairs such as name=value, separated by commas',
    read: (text) => {
      const entries = text.split(',').map((pair) => pair.trim().split(/=(.*)/s, 2))
      const isSound = entries.every(
        ([name = '', value = '']) =>
          /^[\w.-]{1,255}$/.test(name) && allowed.test(value) && decode(value) !== null,
      )
      if (!isSound) return undefined
      return Object.fromEntries(entries.map(([name = '', value = '']) => [name, decode(value) ?? '']))
    },
  })
}

/** Null also for what no header can hold: the exporter would lose every trace. */
function decode(text: string): string | null {
  try {
    const value = decodeURIComponent(text)
    return /^[\x20-\x7e]*$/.test(value) ? value : null
  } catch {
    return null
  }
}
