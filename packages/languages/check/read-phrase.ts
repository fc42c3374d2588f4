import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'

/** A text, or its plural forms by the names of CLDR. `{name}` stands for a value. */
export type Phrase = string | Record<string, string>

/**
 * Turns an ICU message into plain texts, for a program that carries no reader of ICU messages.
 *
 * @param counted - the name of the number that the message may have: as `plural`, or as `number`
 * @returns the text of each plural form, when the message has the number
 * @throws {Error} for a message that needs more, such as tags, choices, dates or a second number
 */
export function readPhrase(text: string, counted: string): Phrase {
  const message = parse(text)
  const plural = message.find((element) => element.type === TYPE.plural)
  if (plural?.type === TYPE.plural) {
    if (plural.value !== counted || Object.keys(plural.options).some((form) => form.startsWith('=')))
      throw new Error(`{${plural.value}} is no number with the plural forms of CLDR alone`)
    const forms = Object.entries(plural.options).map(([form, { value }]) => [
      form,
      write(
        message.flatMap((element) => (element === plural ? value : [element])),
        counted,
      ),
    ])
    return Object.fromEntries(forms)
  }
  const written = write(message, counted)
  return message.some(({ type }) => type === TYPE.number) ? { other: written } : written
}

function write(message: MessageFormatElement[], counted: string): string {
  return message.map((element) => writeElement(element, counted)).join('')
}

function writeElement(element: MessageFormatElement, counted: string): string {
  if (element.type === TYPE.literal) return element.value
  if (element.type === TYPE.pound) return `{${counted}}`
  const isText = element.type === TYPE.argument && element.value !== counted
  const isCount = element.type === TYPE.number && element.value === counted && !element.style
  if (isText || isCount) return `{${element.value}}`
  throw new Error(`{${element.value}} is more than a text and one number`)
}
