import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

/** An object of Kubernetes. */
export interface Manifest {
  /** The name of its file. */
  file: string
  apiVersion: string
  kind: string
  body: Record<string, unknown>
}

export const FOLDER = join(import.meta.dirname, '../../../deploy/kubernetes')
export const KUSTOMIZATION = 'kustomization.yaml'

/** Reads every manifest. Each file has one object. */
export function readManifests(): Manifest[] {
  const files = globSync('*.yaml', { cwd: FOLDER }).filter((file) => file !== KUSTOMIZATION)
  return files.toSorted().map((file) => {
    const body = readYaml(file) as { apiVersion: string; kind: string } & Record<string, unknown>
    return { file: basename(file), apiVersion: body.apiVersion, kind: body.kind, body }
  })
}

export function readYaml(file: string): unknown {
  return parse(readFileSync(join(FOLDER, file), 'utf8'), { uniqueKeys: true })
}

/**
 * Finds the module of `kubernetes-models` with the type of a manifest: `kubernetes-models/apps/v1`.
 */
export function moduleOf({ apiVersion }: Pick<Manifest, 'apiVersion'>): string {
  return `kubernetes-models/${apiVersion}`
}

/** A part of a manifest that runs the image. */
export interface PodTemplate {
  metadata: { annotations?: Record<string, string> }
  spec: {
    automountServiceAccountToken: boolean
    securityContext: Record<string, unknown>
    terminationGracePeriodSeconds?: number
    containers: Container[]
    volumes: { name: string; secret?: { secretName: string }; projected?: { sources: object[] } }[]
  }
}

/** A container of a pod. */
export interface Container {
  name: string
  image: string
  args: string[]
  ports?: { name: string; containerPort: number }[]
  securityContext: Record<string, unknown>
  resources: { requests: object; limits: object }
  readinessProbe?: { httpGet: { path: string } }
  livenessProbe?: { httpGet: { path: string } }
  startupProbe?: { httpGet: { path: string } }
}

/** Lists the templates of pods: those of the Deployment and of the Job. */
export function listPods(manifests: Manifest[]): { file: string; template: PodTemplate }[] {
  return manifests.flatMap(({ file, body }) => {
    const { template } = (body.spec ?? {}) as { template?: PodTemplate }
    return template ? [{ file, template }] : []
  })
}
