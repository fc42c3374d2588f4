const FIRST_STRONG_ISOLATE = '\u2068'
const POP_DIRECTIONAL_ISOLATE = '\u2069'

/**
 * Wraps a text of people in a plain-text sentence, so that its direction does not move the words around it.
 *
 * In HTML use `<bdi>`. Do not wrap what people copy, such as a link.
 */
export function isolate(text: string): string {
  return FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE
}
