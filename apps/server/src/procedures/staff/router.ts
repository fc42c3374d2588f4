import { router } from '../../doors/trpc/procedures.ts'
import { createUser } from './create-user.ts'
import { deactivateUser } from './deactivate-user.ts'
import { deleteUser } from './delete-user.ts'
import { endUserSession } from './end-user-session.ts'
import { endUserSessions } from './end-user-sessions.ts'
import { getUser } from './get-user.ts'
import { listUserEvents } from './list-user-events.ts'
import { listUserSessions } from './list-user-sessions.ts'
import { listUsers } from './list-users.ts'
import { reactivateUser } from './reactivate-user.ts'
import { sendReset } from './send-reset.ts'
import { setRole } from './set-role.ts'

export const staffRouter = router({
  users: router({
    list: listUsers,
    get: getUser,
    create: createUser,
    deactivate: deactivateUser,
    reactivate: reactivateUser,
    setRole,
    sendReset,
    delete: deleteUser,
  }),
  sessions: router({ list: listUserSessions, end: endUserSession, endAll: endUserSessions }),
  events: router({ list: listUserEvents }),
})
