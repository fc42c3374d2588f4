import { type ContractSettings, EVERY_SETTINGS, REFERENCE_SETTINGS } from '@latchkey/contract'
import { z } from 'zod'
import { SETTING_VARIABLES } from './names.ts'

/** One field of an input or an answer. */
export interface Field {
  name: string
  schema: z.ZodType
  isOptional: boolean
  description: string | undefined
}

type ShapeOf = (settings: ContractSettings) => z.ZodRawShape

/** Reads the fields of a shape that no setting changes. */
export function readFields(shape: z.ZodRawShape): Field[] {
  return mergeFields(() => shape)
}

/**
 * Reads the fields of an input for every server.
 *
 * A field is optional when one setting makes it optional or leaves it out. A field of type `unknown` is ignored by the
 * server, so it is left out of the type.
 */
export function mergeFields(shapeOf: ShapeOf): Field[] {
  const shapes = EVERY_SETTINGS.map(shapeOf)
  const names = new Set(shapes.flatMap((shape) => Object.keys(shape)))
  return [...names].flatMap((name) => {
    const schemas = shapes.map((shape) => shape[name] as z.ZodType | undefined)
    const schema = schemas.find((found) => found !== undefined)
    if (schema === undefined || unwrap(schema) instanceof z.ZodUnknown) return []
    const isOptional = schemas.some(isLeftOut)
    return [{ name, schema, isOptional, description: describeField(schema, name, shapeOf) }]
  })
}

function describeField(schema: z.ZodType, name: string, shapeOf: ShapeOf): string | undefined {
  const own =
    describe(schema) ?? (unwrap(schema) instanceof z.ZodISODateTime ? 'ISO 8601 in UTC.' : undefined)
  return [own, describeRequirement(name, shapeOf)].filter(Boolean).join(' ') || undefined
}

/** Names the setting that makes a required field optional. */
function describeRequirement(name: string, shapeOf: ShapeOf): string | undefined {
  if (isLeftOut(shapeOf(REFERENCE_SETTINGS)[name] as z.ZodType | undefined)) return undefined
  for (const [setting, variable] of Object.entries(SETTING_VARIABLES)) {
    const changed = !REFERENCE_SETTINGS[setting as keyof typeof SETTING_VARIABLES]
    const shape = shapeOf({ ...REFERENCE_SETTINGS, [setting]: changed })
    if (isLeftOut(shape[name] as z.ZodType | undefined))
      return `Required unless the server runs with \`${variable}\`.`
  }
  return undefined
}

function isLeftOut(schema: z.ZodType | undefined): boolean {
  return schema === undefined || schema instanceof z.ZodOptional
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema
}

function describe(schema: z.ZodType): string | undefined {
  return (z.globalRegistry.get(schema) ?? z.globalRegistry.get(unwrap(schema)))?.description
}
