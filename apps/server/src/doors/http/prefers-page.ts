/** Answers whether a caller would sooner see a page than JSON, as browsers do; one that names neither would not. */
export function prefersPage(request: Headers): boolean {
  const page = weigh(request, 'text/html')
  return page > 0 && page >= weigh(request, 'application/json')
}

/** Answers whether a caller asks for JSON rather than for a page. */
export function prefersJson(request: Headers): boolean {
  return weigh(request, 'application/json') > weigh(request, 'text/html')
}

/** How much a caller wants a type it names itself, from 0 to 1. */
function weigh(request: Headers, type: string): number {
  for (const range of (request.get('accept') ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    if (name !== type) continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return weight === undefined ? 1 : Number(weight.slice('q='.length)) || 0
  }
  return 0
}
