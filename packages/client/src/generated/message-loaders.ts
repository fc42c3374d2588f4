// Made from languages/ by `npm run generate`; a change by hand is lost.

/** Loads the sentences of each language beside English. */
export const MESSAGE_LOADERS = {
  'de': async () => (await import('./messages-de.ts')).messages,
}
