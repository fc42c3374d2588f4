import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SECRET_NAMES } from '../../../apps/server/src/process/config/index.ts'
import { checkSettings, PRIVATE_NETWORK } from '../src/check-settings.ts'
import {
  KUSTOMIZATION,
  listPods,
  type Manifest,
  moduleOf,
  readManifests,
  readYaml,
} from '../src/manifests.ts'

const manifests = readManifests()
const byKind = (kind: string) => manifests.find((one) => one.kind === kind)?.body as Record<string, object>
const cases = manifests.map((manifest) => [manifest.file, manifest] as const)
const here = join(import.meta.dirname, '..')
const root = join(here, '../..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const settings = byKind('ConfigMap').data as unknown as Record<string, string>
const work = join(here, 'node_modules/.manifests')
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Compares manifests with the types of Kubernetes, which know every field by its name. */
function checkTypes(list: Manifest[]): string {
  mkdirSync(work, { recursive: true })
  const lines = list.map((manifest, index) => {
    const { kind, body } = manifest
    return `import type { I${kind} as Kind${index} } from '${moduleOf(manifest)}'\nexport const _${index}: Kind${index} = ${JSON.stringify(body)}`
  })
  writeFileSync(join(work, 'manifests.ts'), lines.join('\n'))
  const tsc = join(createRequire(join(root, 'package.json')).resolve('typescript/package.json'), '../bin/tsc')
  const flags = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--types',
    '',
    '--ignoreConfig',
  ]
  return spawnSync(process.execPath, [tsc, ...flags, 'manifests.ts'], { cwd: work, encoding: 'utf8' }).stdout
}

describe('the manifests', () => {
  it('have only fields that Kubernetes knows', () => {
    expect(checkTypes(manifests)).toBe('')
    const misspelt = { ...byKind('PodDisruptionBudget'), spec: { minAvailabel: 1 } }
    const { file, apiVersion, kind } = manifests.find((one) => one.kind === 'PodDisruptionBudget') as Manifest
    expect(checkTypes([{ file, apiVersion, kind, body: misspelt }])).toContain('minAvailabel')
  })

  it.each(cases)('%s has values that Kubernetes takes', async (_, manifest) => {
    const models = (await import(moduleOf(manifest))) as Record<
      string,
      new (
        body: object,
      ) => { validate(): void }
    >
    const Model = models[manifest.kind]
    if (Model === undefined) throw new Error(`there is no ${manifest.kind} in ${manifest.apiVersion}`)
    expect(() => new Model(manifest.body).validate()).not.toThrow()
  })

  it('are all listed in the kustomization, with the version of this release', () => {
    const { resources, images } = readYaml(KUSTOMIZATION) as { resources: string[]; images: object[] }
    expect(resources.toSorted()).toEqual(manifests.map(({ file }) => file))
    expect(images).toEqual([{ name: 'latchkey', newName: expect.any(String), newTag: version }])
    expect(byKind('Job').metadata).toMatchObject({ name: `latchkey-migrate-${version.replaceAll('.', '-')}` })
  })

  it('have settings that the server takes in production, in a private network, and no secret', () => {
    expect(checkSettings(settings)).toMatch(PRIVATE_NETWORK)
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([])
    expect(Object.keys(settings).filter((name) => SECRET_NAMES.includes(name))).toEqual([])
  })
})

describe.each(listPods(manifests).map(({ file, template }) => [file, template.spec] as const))(
  'the pod of %s',
  (_, spec) => {
    it('is of the namespace that allows no privileges: no root, no capability, no write into the root', () => {
      expect(byKind('Namespace').metadata).toMatchObject({
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      })
      expect(spec.automountServiceAccountToken).toBe(false)
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 65_532,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      for (const { securityContext, resources } of spec.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect(Object.keys(resources.requests)).toEqual(['cpu', 'memory'])
        expect(Object.keys(resources.limits)).toEqual(['memory'])
      }
    })

    it('mounts every file that the settings name', () => {
      const text = JSON.stringify(spec.volumes)
      const files = Object.entries(settings).filter(([name]) => name.endsWith('_FILE'))
      expect(files.length).toBeGreaterThan(1)
      for (const [, path] of files) {
        expect(path).toMatch(/^\/run\/secrets\/latchkey\/[a-z-]+$/)
        // The server mounts the whole Secret; the migration takes its URL of the database from another one.
        if (text.includes('projected')) expect(text).toContain(`"path":"${path.split('/').at(-1)}"`)
        else expect(text).toContain('"secretName":"latchkey"')
      }
    })
  },
)

describe('the servers', () => {
  const spec = byKind('Deployment').spec as unknown as { replicas: number; strategy: object; template: never }
  const [server] = listPods(manifests.filter(({ kind }) => kind === 'Deployment'))

  it('are two, of which one always serves, and a new one serves before an old one ends', () => {
    expect(spec).toMatchObject({
      replicas: 2,
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    })
    expect(byKind('PodDisruptionBudget').spec).toMatchObject({ minAvailable: 1 })
    // SHUTDOWN_DELAY and ten seconds for requests in flight.
    expect(server?.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(15)
  })

  it('get calls while they are ready, and are restarted only when they are dead', () => {
    expect(server?.template.spec.containers[0]).toMatchObject({
      startupProbe: { httpGet: { path: '/readyz' } },
      readinessProbe: { httpGet: { path: '/readyz' } },
      livenessProbe: { httpGet: { path: '/healthz' } },
    })
  })

  it('listen where the probes, the service and the readers of metrics call', () => {
    const { ports } = server?.template.spec.containers[0] ?? {}
    expect(ports).toEqual([
      { name: 'http', containerPort: Number(settings.PORT ?? 3000) },
      { name: 'metrics', containerPort: Number(settings.METRICS_PORT) },
    ])
    const { metadata } = server?.template ?? {}
    expect(metadata?.annotations).toMatchObject({ 'prometheus.io/port': settings.METRICS_PORT })
  })

  it('are selected by the service, the disruption budget and the deployment alike', () => {
    const labels = { 'app.kubernetes.io/name': 'latchkey', 'app.kubernetes.io/component': 'server' }
    expect(byKind('Service').spec).toMatchObject({ selector: labels })
    for (const kind of ['Deployment', 'PodDisruptionBudget'])
      expect(byKind(kind).spec, kind).toMatchObject({ selector: { matchLabels: labels } })
  })
})
