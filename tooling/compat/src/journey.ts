import { join } from 'node:path'

/** The program of the journey. It has no import, so that every runtime can load a copy. */
export const JOURNEY = join(import.meta.dirname, '../journey/journey.mjs')

/** What the journey has seen, in every runtime. */
export const SEEN = [
  'signed_in',
  'registered true',
  'Ada',
  'refreshed true',
  'fetched 200',
  'signed_out',
  'token null',
  'true incorrect_credentials',
  'signed_in',
  'signed_out',
]
