/** Files that tell of the past, or that a tool writes. */
const LEFT_ALONE =
  /^(docs\/decisions\/|CHANGELOG\.md$)|(^|\/)(pnpm-lock\.yaml|package-lock\.json)$|\.(png|svg|patch)$/
const TEXT = /\.(json|md|ya?ml|ts|mjs|tsx|txt)$|(^|\/)(Dockerfile|[^./]+)$/

/** Answers whether a release may change this file. */
export function mayNameVersion(path: string): boolean {
  return TEXT.test(path) && !LEFT_ALONE.test(path)
}

/**
 * Replaces a version where it is that of Latchkey: in manifests, in the OpenAPI document, in the ranges of the sample apps,
 * and in names such as `latchkey-client-0.1.0.tgz`, `latchkey:0.1.0`, `latchkey@0.1.0` and `latchkey-migrate-0-1-0`.
 *
 * @param path - decides whether `"version"` is ours: it is one in a `package.json` and in `openapi.json`
 */
export function nameVersion(path: string, text: string, from: string, to: string): string {
  const dotted = from.replaceAll('.', '\\.')
  const dashed = from.replaceAll('.', '-')
  const named = text
    .replace(new RegExp(`(latchkey(?:-[a-z]+)?[-:@])${dotted}(?![\\d.]*\\d)`, 'g'), `$1${to}`)
    .replace(new RegExp(`(latchkey-migrate-)${dashed}(?![\\d-]*\\d)`, 'g'), `$1${to.replaceAll('.', '-')}`)
    .replace(new RegExp(`((?:image\\.version=|kubernetes\\.io/version: )")${dotted}"`, 'g'), `$1${to}"`)
    .replace(new RegExp(`("@latchkey/[a-z]+": "\\^)${dotted}"`, 'g'), `$1${to}"`)
  if (!/(^|\/)(package|openapi)\.json$/.test(path)) return named
  return named.replace(new RegExp(`("version": ")${dotted}"`), `$1${to}"`)
}
