// Made from languages/ by `npm run generate`; a change by hand is lost.

/** Loads the sentences of each language beside English. */
export const MESSAGE_LOADERS = {
  'ar': async () => (await import('./messages-ar.ts')).messages,
  'de': async () => (await import('./messages-de.ts')).messages,
  'es': async () => (await import('./messages-es.ts')).messages,
  'fr': async () => (await import('./messages-fr.ts')).messages,
  'it': async () => (await import('./messages-it.ts')).messages,
  'ja': async () => (await import('./messages-ja.ts')).messages,
  'nl': async () => (await import('./messages-nl.ts')).messages,
  'pl': async () => (await import('./messages-pl.ts')).messages,
  'pt-BR': async () => (await import('./messages-pt-br.ts')).messages,
  'tr': async () => (await import('./messages-tr.ts')).messages,
  'uk': async () => (await import('./messages-uk.ts')).messages,
  'zh-Hans': async () => (await import('./messages-zh-hans.ts')).messages,
}
