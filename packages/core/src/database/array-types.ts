import type postgres from 'postgres'

const TEXT_ARRAY = 1009
const UUID_ARRAY = 2951

/**
 * The array types queries use, for the driver.
 *
 * Left to itself it asks the server for them on every new connection, and a connection that is lost during that
 * question ends the process: nothing handles its rejection.
 */
export const ARRAY_TYPES = { textArray: arrayType(TEXT_ARRAY), uuidArray: arrayType(UUID_ARRAY) }

function arrayType(oid: number): postgres.PostgresType<string[]> {
  return { to: oid, from: [oid], serialize: serializeArray, parse: parseArray }
}

function serializeArray(elements: string[]): string {
  const quoted = elements.map((element) => `"${element.replace(/["\\]/g, '\\$&')}"`)
  return `{${quoted.join(',')}}`
}

/** Reads one dimension; a null among the elements would be read as text. */
function parseArray(text: string): string[] {
  const elements = text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,"]+)/g)
  return [...elements].map(([, quoted, plain]) => quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
}
