import { discoverMetadata } from '../metadata.ts'
import { CredentialFault } from '../provider-faults.ts'
import { readSubject } from '../read-values.ts'
import type { Claims, Way } from '../way.ts'
import { describePreset, readOpenIdClaims } from './open-id.ts'

const ORIGIN = 'https://login.microsoftonline.com'
const TEMPLATE = '{tenantid}'

/**
 * Microsoft: a tenant may write any text into `email`, so only `xms_edov` counts.
 *
 * `sub` differs per client id. The lasting name of a person is `oid` within `tid`.
 */
export const MICROSOFT: Way = describePreset({
  name: 'Microsoft',
  issuer: ORIGIN,
  asksUserinfo: false,
  findMetadata: ({ tenants }, parts) => {
    const [tenant, ...others] = tenants
    if (tenant !== undefined && others.length === 0)
      return discoverMetadata(`${ORIGIN}/${tenant}/v2.0`, parts)
    const expectedIssuer = `${ORIGIN}/${TEMPLATE}/v2.0`
    return discoverMetadata(`${ORIGIN}/common/v2.0`, { ...parts, expectedIssuer })
  },
  issuersFor:
    ({ issuer }) =>
    ({ tid }) =>
      isGuid(tid) ? [issuer.replace(TEMPLATE, tid)] : [],
  readClaims: (claims, { options: { tenants } }) => {
    const { tid, xms_edov: isOfDomainOwner } = claims
    if (!isGuid(tid) || (tenants.length > 0 && !tenants.includes(tid))) throw new CredentialFault('tid')
    const oid = readSubject(claims.oid)
    const facts = readOpenIdClaims(claims, () => isOfDomainOwner === true || isOfDomainOwner === 1)
    return { ...facts, subject: `${tid}:${oid}`, formerSubject: oid }
  },
} satisfies Partial<Way> & { name: string; issuer: string })

function isGuid(value: Claims[string]): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}
