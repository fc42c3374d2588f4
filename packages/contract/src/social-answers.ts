import { z } from 'zod'
import { time } from './answers.ts'
import { EXAMPLE_ID } from './ids.ts'

const provider = () => z.string().meta({ description: 'The id of the provider.', example: 'google' })

/** The providers that people may sign in with, in the order of the settings. */
export const providerList = z.array(
  z
    .object({
      id: provider(),
      name: z.string().meta({ example: 'Google' }),
      client_id: z.string().meta({ description: 'The first client id: that of the web.' }),
    })
    .meta({ id: 'Provider', description: 'A provider that people may sign in with.' }),
)

/** An account at a provider that signs its user in. */
export const connection = z
  .object({
    id: z.string().meta({ example: EXAMPLE_ID }),
    provider: provider(),
    uid: z.string().meta({ description: 'How the provider names the account.', example: '248289761001' }),
    last_login: time.meta({ description: 'The last sign-in by it, or when it was connected.' }),
    date_joined: time.meta({ description: 'When it was connected.' }),
  })
  .meta({ id: 'Connection', description: 'An account at a provider that signs a user in.' })

/** The connections of a user, the oldest first. */
export const connectionList = z.array(connection)
