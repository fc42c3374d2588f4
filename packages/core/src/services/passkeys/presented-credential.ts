import { z } from 'zod'

/** Each text of a credential has at most this many characters. */
const TEXT_MAX_CHARACTERS = 8192
/** The bounds of WebAuthn for the id of a credential. A longer id does not fit into the index. */
const ID_BYTES = { min: 16, max: 1023 }

/** The words of WebAuthn for the ways to an authenticator. A browser that gets another word refuses its options. */
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

const bytes = z.string().max(TEXT_MAX_CHARACTERS).refine(isBase64url)
const identified = {
  id: bytes.refine(isCredentialId),
  rawId: bytes,
  type: z.literal('public-key'),
}

const registrationShape = z.object({
  ...identified,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(TEXT_MAX_CHARACTERS)).max(20).nullish().transform(chooseTransports),
  }),
})

const assertionShape = z.object({
  ...identified,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.nullish(),
  }),
})

/** What the browser says about a ceremony, which the authenticator signs. */
interface ClientData {
  challenge: string
  /** Whether the page is free of a frame of another site. */
  isOwnFrame: boolean
}

/** A new passkey as a browser sends it, before it is verified. */
export type PresentedRegistration = z.infer<typeof registrationShape> & ClientData

/** The answer of a passkey as a browser sends it, before it is verified. */
export type PresentedAssertion = z.infer<typeof assertionShape> & ClientData

/**
 * Reads a new passkey. It is bounded here, and nothing of it is verified.
 *
 * @returns null when it does not have the shape of the browser's JSON
 */
export function readRegistration(credential: unknown): PresentedRegistration | null {
  return readShape(registrationShape, credential)
}

/**
 * Reads the answer of a passkey. It is bounded here, and nothing of it is verified.
 *
 * @returns null when it does not have the shape of the browser's JSON
 */
export function readAssertion(credential: unknown): PresentedAssertion | null {
  return readShape(assertionShape, credential)
}

function readShape<Shape extends { response: { clientDataJSON: string } }>(
  shape: z.ZodType<Shape>,
  credential: unknown,
): (Shape & ClientData) | null {
  const parsed = shape.safeParse(credential)
  const clientData = parsed.success ? readClientData(parsed.data.response.clientDataJSON) : null
  return parsed.success && clientData ? { ...parsed.data, ...clientData } : null
}

function readClientData(encoded: string): ClientData | null {
  const clientData = parseJson(Buffer.from(encoded, 'base64url').toString())
  if (typeof clientData !== 'object' || clientData === null) return null
  const { challenge, crossOrigin, topOrigin } = clientData as Record<string, unknown>
  if (typeof challenge !== 'string') return null
  // Safari says only `crossOrigin`, other browsers say both.
  const isOwnFrame = (crossOrigin === undefined || crossOrigin === false) && topOrigin === undefined
  return { challenge, isOwnFrame }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A text with another spelling of the same bytes would name a stored credential by another name. */
function isBase64url(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text
}

function chooseTransports(given: string[] | null | undefined): string[] {
  return TRANSPORTS.filter((transport) => given?.includes(transport))
}

function isCredentialId(id: string): boolean {
  const { length } = Buffer.from(id, 'base64url')
  return length >= ID_BYTES.min && length <= ID_BYTES.max
}
