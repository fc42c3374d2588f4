import { requireUser } from '../../lib/auth'
import { rename } from '../actions'
import { Form } from '../form'

export default async function AccountPage() {
  const user = await requireUser('/account')
  return (
    <>
      <h1>Hello {user.first_name}</h1>
      <p>{user.email}</p>
      <Form action={rename} fields={{ first_name: 'First name' }} submit="Save" />
    </>
  )
}
