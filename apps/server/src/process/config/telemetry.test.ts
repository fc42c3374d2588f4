import { describe, expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const TOKEN = 'f3b1c5d7e9a2b4c6d8e0f1a3b5c7d9e1'

describe('metrics', () => {
  it('are off unless they are set', () => {
    expect(loadConfig({}).config.metrics).toBeNull()
    expect(loadConfig({ METRICS_HOST: '0.0.0.0' }).config.metrics).toBeNull()
  })

  it('are served on this machine alone, unless another address is named', () => {
    expect(loadConfig({ METRICS_PORT: '9464' }).config.metrics).toEqual({
      port: 9464,
      host: '127.0.0.1',
      token: null,
    })
  })

  it.each([
    [{ METRICS_PORT: '9464' }, false],
    [{ METRICS_PORT: '9464', METRICS_HOST: '::1' }, false],
    [{ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: TOKEN }, false],
    [{ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' }, true],
    [{ METRICS_PORT: '9464', METRICS_HOST: '10.0.0.7' }, true],
  ])('with %j get a warning that they are open: %s', (env, isOpen) => {
    const warnings = loadConfig(env).warnings.filter((warning) => warning.startsWith('METRICS_HOST='))
    expect(warnings).toHaveLength(isOpen ? 1 : 0)
  })

  it.each(['short', `${TOKEN} ${TOKEN}`, 'é'.repeat(32)])('refuse the token %j', (token) => {
    expect(findMistakes({ METRICS_TOKEN: token })).toEqual([
      expect.stringMatching(/^METRICS_TOKEN must be a word of at least 32 characters/),
    ])
  })
})

describe('traces', () => {
  const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' }

  it('are off without an endpoint, and with OTEL_SDK_DISABLED=true', () => {
    expect(loadConfig({ OTEL_SERVICE_NAME: 'auth' }).config.traces).toBeNull()
    expect(loadConfig({ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }).config.traces).toBeNull()
  })

  it('are sent to the path of the standard, or to a whole address as it is', () => {
    expect(loadConfig(ENDPOINT).config.traces?.url).toBe('http://collector:4318/v1/traces')
    const whole = { ...ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://example.com/t' }
    expect(loadConfig(whole).config.traces?.url).toBe('https://example.com/t')
  })

  it('take the other standard variables', () => {
    const env = {
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a=b, x-tenant=t',
      OTEL_SERVICE_NAME: 'auth',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    }
    expect(loadConfig(env).config.traces).toMatchObject({
      headers: { authorization: 'Bearer a=b', 'x-tenant': 't' },
      serviceName: 'auth',
      attributes: { 'deployment.environment.name': 'staging' },
      sampler: 'parentbased_traceidratio',
      share: 0.25,
    })
  })

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://user:hush@collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=%zz'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=hush%0d%0ax-more: 1'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=hush%c3%a9'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['LOG_SAMPLE_SUCCESS', '-1'],
  ])('%s=%s is refused by its name, without its value', (name, value) => {
    const [mistake = '', ...others] = findMistakes({ [name]: value })
    expect(mistake).toMatch(new RegExp(`^${name} must be `))
    expect(mistake).not.toContain('hush')
    expect(others).toEqual([])
  })
})
