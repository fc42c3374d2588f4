/** The headers by which browsers say that they load an address in advance. The first is the standard one. */
const SIGNS = { 'sec-purpose': 'prefetch', purpose: 'prefetch', 'x-moz': 'prefetch', 'x-purpose': 'preview' }

/** Returns whether a browser loads an address before a person asked for it. It may never show the answer. */
export function isPrefetch(request: Headers): boolean {
  return Object.entries(SIGNS).some(([name, word]) => {
    const [purpose] = (request.get(name) ?? '').split(';')
    return purpose?.trim().toLowerCase() === word
  })
}
