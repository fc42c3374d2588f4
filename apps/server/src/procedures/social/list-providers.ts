import { operations } from '@latchkey/contract'
import { listProviders } from '@latchkey/core/operations/social/list-providers'
import { implement } from '../../doors/trpc/implement.ts'

export const listProvidersProcedure = implement(operations.listProviders, ({ core }) => listProviders(core))
