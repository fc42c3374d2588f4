import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { LogoFile } from '../../doors/pages/logo-file.ts'
import { readBytes } from './read-bytes.ts'

export const MAX_LOGO_BYTES = 512 * 1024

type Logo = { file: LogoFile } | { url: string } | { fault: string }

/** Instructions, comments and a document type, also one with names of its own, may stand before the root of an SVG. */
const SVG_START =
  /^(?:\xef\xbb\xbf)?\s*(?:(?:<\?(?:(?!\?>)[\s\S])*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE svg[^>[]*(?:\[[^\]]*\]\s*)?>)\s*)*<svg[\s>]/
const TYPES = [
  {
    extension: 'png',
    contentType: 'image/png',
    isFit: (head: string) => head.startsWith('\x89PNG\r\n\x1a\n'),
  },
  { extension: 'jpg', contentType: 'image/jpeg', isFit: (head: string) => head.startsWith('\xff\xd8\xff') },
  {
    extension: 'webp',
    contentType: 'image/webp',
    isFit: (head: string) => head.startsWith('RIFF') && head.startsWith('WEBP', 8),
  },
  { extension: 'svg', contentType: 'image/svg+xml', isFit: (head: string) => SVG_START.test(head) },
]
/** The root of an SVG is expected within this many bytes. */
const HEAD_BYTES = 4096

/**
 * Reads the logo that `APP_LOGO` names. The content tells its type, because a name may be wrong.
 *
 * @param named - the path of a file, or a URL below the origin of `publicUrl`
 */
export function readLogo(named: string, publicUrl: string): Logo {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(named)) return readAddress(named, publicUrl)
  const path = resolve(named)
  const read = readBytes(path, MAX_LOGO_BYTES)
  if ('fault' in read) return { fault: `names ${path}, ${read.fault}` }
  const head = read.bytes.toString('latin1', 0, HEAD_BYTES)
  const type = TYPES.find(({ isFit }) => isFit(head))
  if (!type) return { fault: `names ${path}, which is no SVG, PNG, WebP or JPEG picture` }
  const hash = createHash('sha256').update(read.bytes).digest('hex').slice(0, 12)
  const { extension, contentType } = type
  return {
    file: { path: `/assets/logo-${hash}.${extension}`, contentType, body: new Uint8Array(read.bytes) },
  }
}

/** The policies of the pages and of the portal load pictures of the own origin alone. */
function readAddress(named: string, publicUrl: string): Logo {
  const url = URL.parse(named)
  const { origin } = new URL(publicUrl)
  if (url && url.origin === origin && !url.username && !url.password) return { url: url.href }
  return {
    fault: `must be a URL below ${origin}, or the path of a file: pages load pictures of their own origin alone`,
  }
}
