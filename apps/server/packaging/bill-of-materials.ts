import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import { PackageURL } from 'packageurl-js'
import parseExpression from 'spdx-expression-parse'
import type { ThirdParty } from '../../../tooling/third-party.ts'

/** The name of the file in a build. */
export const BILL_OF_MATERIALS_FILE = 'sbom.cdx.json'

const licenses = new Contrib.License.Factories.LicenseFactory((text) => parseExpression(text))

/**
 * Writes a bill of materials: every package of others in a build, for scanners of known faults.
 *
 * It has no time and no serial number, so one source gives the same bytes twice.
 *
 * @param packages - a package may be given several times
 * @returns CycloneDX 1.6 as JSON
 */
export function printBillOfMaterials(version: string, packages: readonly ThirdParty[]): string {
  const bom = new Models.Bom()
  bom.metadata.component = describe(Enums.ComponentType.Application, {
    name: 'latchkey',
    version,
    license: 'MIT',
  })
  const unique = new Map(packages.map((entry) => [`${entry.name}@${entry.version}`, entry]))
  for (const entry of unique.values()) bom.components.add(describe(Enums.ComponentType.Library, entry))
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

function describe(
  type: Enums.ComponentType,
  { name, version, license }: Pick<ThirdParty, 'name' | 'version' | 'license'>,
): Models.Component {
  const [, scope = '', bare = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? []
  const purl = new PackageURL('npm', scope, bare, version).toString()
  const component = new Models.Component(type, bare, { version, purl, bomRef: purl })
  if (scope) component.group = scope
  component.licenses.add(licenses.makeFromString(license))
  return component
}
