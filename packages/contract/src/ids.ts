const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The id that the examples of the document show. */
export const EXAMPLE_ID = '01890a5d-ac96-774b-bcce-b302099a8057'

/** Returns whether a text has the shape of an id. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
