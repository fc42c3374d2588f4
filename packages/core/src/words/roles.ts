export { isStaffRole, STAFF_ROLE, SUPERUSER_ROLE, USER_ROLE } from '@latchkey/contract/roles'
