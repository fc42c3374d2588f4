/** The bodies that a second request sends as the first did. Any other body is a stream, or is read as one. */
const REPEATABLE = ['URLSearchParams', 'FormData', 'Blob', 'File', 'ArrayBuffer'] as const

/** Answers whether a body can be sent again, also when it was made in another frame. */
export function isRepeatable(body: unknown): boolean {
  if (!body || typeof body === 'string' || ArrayBuffer.isView(body)) return true
  // The `form-data` of npm is a stream with the tag of `FormData`.
  if ('pipe' in Object(body)) return false
  const tag = Object.prototype.toString.call(body)
  // The classes of React Native have no tag.
  const isOfThisRealm = (made: unknown) => typeof made === 'function' && body instanceof made
  return REPEATABLE.some((name) => tag === `[object ${name}]` || isOfThisRealm(globalThis[name]))
}
