import { operations } from '@latchkey/contract'
import { implement } from '../../doors/trpc/implement.ts'

export const getOwnUserProcedure = implement(operations.getOwnUser, async ({ identity }) => identity.user)
