import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { useCallback, useState } from 'react'
import { usePages } from '../connection/use-pages.ts'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { PagedList } from '../layout/paged-list.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { remember, useLocation } from '../routing/router.ts'
import { describeRole } from './describe-role.ts'
import type { Me } from './reach.ts'

const LIMIT = 25

/** Lists all users, newest first. A search finds users whose address or name begins with the text. */
export function AccountsScreen({ me }: { me: Me }) {
  const client = useClient()
  const { state } = useLocation()
  const [search, setSearch] = useState(state.search ?? '')
  const load = useCallback(
    async (cursor: string | undefined) => {
      const { users, next_cursor } = await client.staff.users.list({ search, cursor, limit: LIMIT })
      return { items: users, next_cursor }
    },
    [client, search],
  )
  const pages = usePages(load)
  return (
    <Screen heading="Accounts">
      {me.role === SUPERUSER_ROLE && (
        <p>
          <Link to="/staff/create">Create an account</Link>
        </p>
      )}
      <Search search={search} onSearch={setSearch} onSame={pages.reload} />
      <PagedList
        pages={pages}
        label="Accounts"
        isResult
        empty="No account begins like that."
        render={(account) => <AccountItem account={account} />}
      />
    </Screen>
  )
}

interface SearchProps {
  search: string
  onSearch(search: string): void
  /** Is called when the same text is searched for again. */
  onSame(): Promise<void>
}

function Search({ search, onSearch, onSame }: SearchProps) {
  const form = useForm({
    fields: ['search'] as const,
    submit: async (values) => {
      remember({ search: values.search })
      if (values.search === search) await onSame()
      else onSearch(values.search)
      return undefined
    },
  })
  return (
    <search className="search">
      <Form form={form} action="Search" actionSending="Searching…" isAnsweredElsewhere>
        <Field
          name="search"
          label="Address or name begins with"
          type="search"
          autoComplete="off"
          defaultValue={search}
        />
      </Form>
    </search>
  )
}

function AccountItem({ account }: { account: StaffAccount }) {
  const name = `${account.first_name} ${account.last_name}`.trim()
  return (
    <div className="device">
      <Link to={`/staff/${account.id}`} className="name">
        {account.email}
      </Link>{' '}
      {account.role !== 0 && <span className="badge">{describeRole(account.role)}</span>}{' '}
      {!account.is_active && <span className="badge">deactivated</span>}
      {name && <p className="muted">{name}</p>}
    </div>
  )
}
