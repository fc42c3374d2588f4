import { operations } from '@latchkey/contract'
import { login } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const loginProcedure = implement(operations.login, ({ core }, input) => login(core, input))
