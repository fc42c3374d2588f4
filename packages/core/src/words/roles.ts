export { isStaffRole, STAFF_ROLE, SUPERUSER_ROLE } from '@latchkey/contract/roles'
