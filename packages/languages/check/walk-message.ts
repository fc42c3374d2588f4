import { type MessageFormatElement, type PluralElement, TYPE } from '@formatjs/icu-messageformat-parser'

/** Lists the texts of a message without its placeholders and tags. */
export function listTexts(message: MessageFormatElement[]): string[] {
  return message.flatMap((element) => {
    if (element.type === TYPE.literal) return [element.value]
    return listBranches(element).flatMap(listTexts)
  })
}

/** Lists the plural forms in a message, also those in others. */
export function listPlurals(message: MessageFormatElement[]): PluralElement[] {
  return message.flatMap((element) => {
    const inner = listBranches(element).flatMap(listPlurals)
    return element.type === TYPE.plural ? [element, ...inner] : inner
  })
}

/** Measures the text of a message, with its longest plural forms and choices. */
export function measureText(message: MessageFormatElement[]): number {
  const lengths = message.map((element) => {
    if (element.type === TYPE.literal) return element.value.length
    return Math.max(0, ...listBranches(element).map(measureText))
  })
  return lengths.reduce((sum, length) => sum + length, 0)
}

/** Tells whether a message writes the number of the plural that it belongs to. */
export function writesNumber(message: MessageFormatElement[], name: string): boolean {
  return message.some(
    (element) =>
      element.type === TYPE.pound ||
      (element.type === TYPE.number && element.value === name) ||
      listBranches(element).some((branch) => writesNumber(branch, name)),
  )
}

function listBranches(element: MessageFormatElement): MessageFormatElement[][] {
  if ('children' in element) return [element.children]
  return 'options' in element ? Object.values(element.options).map(({ value }) => value) : []
}
