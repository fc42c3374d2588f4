/** Returns whether a caller prefers a page to JSON, as browsers do. A caller that names neither type gets JSON. */
export function prefersPage(request: Headers): boolean {
  const page = weigh(request, 'text/html')
  return page > 0 && page >= weigh(request, 'application/json')
}

/** Returns whether a caller asks for JSON by its name, and not for just anything. */
export function namesJson(request: Headers): boolean {
  return weigh(request, 'application/json') > 0
}

/** The weight that a caller gives a media type by its name, from 0 to 1. */
function weigh(request: Headers, type: string): number {
  for (const range of (request.get('accept') ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    if (name !== type) continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return weight === undefined ? 1 : Number(weight.slice('q='.length)) || 0
  }
  return 0
}
