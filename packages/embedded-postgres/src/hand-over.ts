import { OWNER } from './roles.ts'

/** Objects of PostgreSQL itself, and those of an extension, stay with the superuser. */
const isOurs = (catalogue: string, oid: string, namespace: string) => `
  ${namespace}::regnamespace::text !~ '^pg_' and ${namespace}::regnamespace::text <> 'information_schema'
  and not exists (
    select from pg_depend where classid = '${catalogue}'::regclass and objid = ${oid} and deptype = 'e'
  )`

/** A sequence of a column follows the owner of its table. */
const isOfColumn = `exists (
    select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid
      and refclassid = 'pg_class'::regclass and deptype in ('a', 'i') and relkind = 'S'
  )`

/**
 * The statement that gives every object of the present database to its owner. It is sent as the superuser.
 *
 * Folders of former versions have tables of the superuser. `REASSIGN OWNED` refuses the superuser that made a cluster,
 * so the objects are listed.
 */
export const HAND_OVER = `
do $$
declare
  superuser oid := (select oid from pg_roles where rolname = current_user);
  command text;
begin
  for command in
    select format('alter schema %I owner to ${OWNER}', nspname) from pg_namespace
      where nspowner = superuser and ${isOurs('pg_namespace', 'pg_namespace.oid', 'pg_namespace.oid')}
    union all
    select format('alter table %s owner to ${OWNER}', oid::regclass) from pg_class
      where relowner = superuser and relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not ${isOfColumn}
        and ${isOurs('pg_class', 'pg_class.oid', 'relnamespace')}
    union all
    select format('alter type %s owner to ${OWNER}', oid::regtype) from pg_type
      where typowner = superuser and ${isOurs('pg_type', 'pg_type.oid', 'typnamespace')}
        and (typtype in ('e', 'd', 'r')
          or exists (select from pg_class where pg_class.oid = typrelid and relkind = 'c'))
    union all
    select format('alter routine %s owner to ${OWNER}', oid::regprocedure) from pg_proc
      where proowner = superuser and ${isOurs('pg_proc', 'pg_proc.oid', 'pronamespace')}
  loop
    execute command;
  end loop;
end
$$`
