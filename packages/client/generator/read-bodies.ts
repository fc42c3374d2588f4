import { EVERY_SETTINGS, type OperationDefinition, resolveOperation } from '@latchkey/contract'
import { z } from 'zod'
import { INPUT_NAMES } from './names.ts'
import { isNamed, printObject, printType } from './print-type.ts'
import { type Field, mergeFields, readFields } from './read-fields.ts'

/** The input or the answer of an operation. */
export interface Body {
  /** The TypeScript type: a name, or a type that is written out. */
  type: string
  /** The name of the interface that is generated for this operation; null when no interface is needed. */
  ownName: string | null
  fields: readonly Field[]
}

/** An object with more fields than this gets its own interface. */
const MAX_WRITTEN_OUT_FIELDS = 2

/** Reads the input of an operation; null when the operation has no input. */
export function readInput(name: string, { input }: OperationDefinition): Body | null {
  const fields = mergeFields((settings) => input?.(settings) ?? {})
  const published: string | undefined = (INPUT_NAMES as Record<string, string>)[name]
  const ownName = published ?? nameBody(name, 'Input', fields)
  return fields.length > 0 ? { type: ownName ?? printObject(fields), ownName, fields } : null
}

/** Reads the answer of an operation. */
export function readAnswer(name: string, definition: OperationDefinition): Body {
  const { output } = definition
  if (output === undefined) return { type: printFixedAnswer(definition), ownName: null, fields: [] }
  const isWrittenOut = output instanceof z.ZodObject && !isNamed(output)
  const fields = isWrittenOut ? readFields(output.shape as z.ZodRawShape) : []
  const ownName = nameBody(name, 'Answer', fields)
  const type = ownName ?? printType(output)
  return { type: givesTokens(definition) ? `${type} & Partial<Tokens>` : type, ownName, fields }
}

function givesTokens(definition: OperationDefinition): boolean {
  return EVERY_SETTINGS.some((settings) => resolveOperation(definition, settings).givesTokens)
}

function nameBody(name: string, suffix: string, fields: readonly Field[]): string | null {
  return fields.length > MAX_WRITTEN_OUT_FIELDS ? capitalize(name) + suffix : null
}

/** Prints the type of an answer with a sentence, tokens, or both. Each of them may depend on the settings. */
function printFixedAnswer(definition: OperationDefinition): string {
  const resolved = EVERY_SETTINGS.map((settings) => resolveOperation(definition, settings))
  const sentences = resolved.filter(({ sentence }) => sentence !== undefined).length
  if (!givesTokens(definition)) return sentences > 0 ? 'Detail' : 'void'
  const complete = sentences === 0 ? 'Tokens' : 'Partial<Tokens>'
  const answer = definition.asksFactor ? `(${complete} | SecondFactorAnswer | SetupAnswer)` : complete
  if (sentences === 0) return answer.replace(/[()]/g, '')
  return `${answer} & ${sentences === resolved.length ? 'Detail' : 'Partial<Detail>'}`
}

/** Makes the first letter a capital. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
