import { printPlace } from './group-operations.ts'
import { ANSWER_NAMES } from './names.ts'
import { printDocs } from './print-docs.ts'
import { printField } from './print-type.ts'
import { type Field, readFields } from './read-fields.ts'
import type { ClientOperation } from './read-operations.ts'

/** Writes the types of the inputs and answers of operations. */
export function writeBodies(operations: readonly ClientOperation[]): string {
  const answers = ANSWER_NAMES.map(({ schema, name, description }) =>
    printInterface(name, description, readFields(schema.shape)),
  )
  return [DETAIL, ...answers, ...operations.flatMap(writeOwnTypes)].join('\n')
}

const DETAIL = `/** A sentence for the user. */
export interface Detail {
  detail: string
}
`

function writeOwnTypes({ call, name, input, answer }: ClientOperation): string[] {
  const label = call === null ? name : printPlace(call)
  return [
    ...(input?.ownName ? [printInterface(input.ownName, `The input of \`${label}\`.`, input.fields)] : []),
    ...(answer.ownName ? [printInterface(answer.ownName, `The answer of \`${label}\`.`, answer.fields)] : []),
  ]
}

function printInterface(name: string, description: string, fields: readonly Field[]): string {
  const lines = fields.map((field) => {
    const docs = printDocs([field.description], { indent: '  ' })
    return `${docs}  ${printField(field)}\n`
  })
  return `${printDocs([description])}export interface ${name} {\n${lines.join('')}}\n`
}
