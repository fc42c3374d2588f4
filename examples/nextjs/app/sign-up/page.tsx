import { signUp } from '../actions'
import { Form } from '../form'

const fields = { email: 'Email', password1: 'Password', first_name: 'First name', last_name: 'Last name' }

export default function SignUpPage() {
  return (
    <>
      <h1>Sign up</h1>
      <Form action={signUp} fields={fields} submit="Sign up" />
    </>
  )
}
