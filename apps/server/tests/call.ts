/** An answer with its whole body. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON, or undefined when there is none. */
  body: unknown
}

interface CallOptions {
  method?: string
  /** The body, sent as JSON. */
  json?: unknown
  /** The body, sent unchanged. */
  body?: RequestInit['body']
  token?: string
  headers?: Record<string, string>
}

/** Calls a path over HTTP. The default method is POST with a body, else GET. */
export async function call(url: string, options: CallOptions = {}): Promise<Answer> {
  const { json, token } = options
  const body = json === undefined ? options.body : JSON.stringify(json)
  const response = await fetch(url, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    body,
    redirect: 'manual',
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...options.headers,
    },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: text ? parse(text) : undefined }
}

/** Calls a tRPC procedure: a query by GET, a mutation by POST. */
export function callTrpc(
  url: string,
  procedure: { path: string; type: string },
  options: CallOptions & { input?: unknown } = {},
): Promise<Answer> {
  const { input, ...rest } = options
  const json = input === undefined ? '' : JSON.stringify(input)
  const endpoint = `${url}/trpc/${procedure.path}`
  if (procedure.type === 'query') {
    return call(json ? `${endpoint}?input=${encodeURIComponent(json)}` : endpoint, rest)
  }
  const headers = { 'content-type': 'application/json', ...rest.headers }
  return call(endpoint, { ...rest, method: 'POST', body: json || undefined, headers })
}

/** Reads a body as JSON, else as text. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
