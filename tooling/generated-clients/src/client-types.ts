import type {
  Detail,
  EmailChangeInput,
  LoginInput,
  NewPasswordInput,
  PasswordChangeInput,
  RegisterInput,
  SessionInfo,
  User,
  UserUpdate,
} from '@latchkey/client'
import type { operations } from './generated/schema.ts'

// The client's types are made from the contract. This file does not compile when they differ from the document.

type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false
type Json<Part> = Part extends { content: { 'application/json': infer Body } } ? Body : never
type Request<Id extends keyof operations> = Json<NonNullable<operations[Id]['requestBody']>>
type Answer<Id extends keyof operations, Status extends number> = operations[Id]['responses'] extends {
  [Key in Status]: infer Response
}
  ? Json<Response>
  : never

/** Each line claims that a type of the client equals a type of the document. */
export const CLAIMS: {
  login: Same<LoginInput, Request<'rest_login'>>
  // Settings of the server make names and the old password optional.
  register: Same<Required<RegisterInput>, Required<Request<'rest_register'>>>
  changePassword: Same<Required<PasswordChangeInput>, Request<'rest_password_change'>>
  setNewPassword: Same<NewPasswordInput, Request<'rest_password_reset_set_new'>>
  changeEmail: Same<EmailChangeInput, Request<'email_change'>>
  updateUser: Same<UserUpdate, Omit<NonNullable<Request<'rest_user_details_partial_update'>>, 'email'>>
  user: Same<User, Answer<'rest_user_details', 200>>
  session: Same<SessionInfo, Answer<'sessions_list', 200>['sessions'][number]>
  detail: Answer<'rest_password_reset', 200> extends Detail ? true : false
} = {
  login: true,
  register: true,
  changePassword: true,
  setNewPassword: true,
  changeEmail: true,
  updateUser: true,
  user: true,
  session: true,
  detail: true,
}
