import { operations } from '@latchkey/contract'
import { login } from '@latchkey/core/operations/auth/login'
import { implement } from '../../doors/trpc/implement.ts'

export const loginProcedure = implement(operations.login, ({ core }, input) => login(core, input))
