import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'

/** What a message takes. */
export interface Signature {
  /** The type of each value by its name, as TypeScript. */
  values: Map<string, string>
  tags: Set<string>
}

const TYPES: Partial<Record<TYPE, string>> = {
  [TYPE.argument]: 'string',
  [TYPE.number]: 'number',
  [TYPE.plural]: 'number',
  [TYPE.date]: 'Date | number',
  [TYPE.time]: 'Date | number',
}

/**
 * Reads what an ICU message takes.
 *
 * @throws {Error} for a message that is no ICU message, or that uses one name for two types
 */
export function readSignature(text: string): Signature {
  const signature: Signature = { values: new Map(), tags: new Set() }
  collect(parse(text), signature)
  return signature
}

function collect(message: MessageFormatElement[], signature: Signature): void {
  for (const element of message) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    if (element.type === TYPE.tag) {
      signature.tags.add(element.value)
      collect(element.children, signature)
      continue
    }
    addValue(signature, element.value, findType(element))
    if (!('options' in element)) continue
    for (const option of Object.values(element.options)) collect(option.value, signature)
  }
}

function findType(element: MessageFormatElement): string {
  if (element.type !== TYPE.select) return TYPES[element.type] ?? 'string'
  const options = Object.keys(element.options).sort()
  return options.map((option) => `'${option}'`).join(' | ')
}

function addValue({ values }: Signature, name: string, type: string): void {
  const known = values.get(name)
  // A number can be written and counted in one message.
  if (known !== undefined && known !== type) throw new Error(`{${name}} is ${known}, and ${type} too`)
  values.set(name, type)
}
