import { defineOperation } from '../define-operation.ts'
import {
  checkedPasswordField,
  emailField,
  knownEmailField,
  nameField,
  passwordField,
  requiredIf,
} from '../fields.ts'
import { redirectField } from '../landing-field.ts'
import { signUpLanguageField } from '../language-field.ts'
import { mailedLink } from '../mailed-link.ts'
import type { ContractSettings } from '../settings.ts'
import { keyField } from '../token-fields.ts'

const isMandatory = ({ emailVerification }: ContractSettings) => emailVerification === 'mandatory'

/** Operations for signing up. */
export const registrationOperations = {
  /** Signs a person up. When the address must be proven first, the answer is a sentence without tokens. */
  register: defineOperation({
    procedure: 'registration.register',
    client: 'register',
    method: 'POST',
    path: '/registration/',
    operationId: 'rest_register',
    tag: 'Registration',
    summary: 'Sign up',
    description: (settings) =>
      isMandatory(settings)
        ? 'Mails a link that makes the account; the answer is the same for a taken address.'
        : 'Makes an account and signs its owner in.',
    access: 'anonymous',
    refreshCookie: (settings) => (isMandatory(settings) ? 'guards' : 'sets'),
    asksFactor: true,
    status: 201,
    input: (settings) => {
      const { namesRequired } = settings
      const name = () => requiredIf(namesRequired, nameField({ blank: !namesRequired }))
      return {
        email: emailField(),
        password1: passwordField(),
        password2: passwordField(),
        first_name: name().meta({ example: 'Ada' }),
        last_name: name().meta({ example: 'Lovelace' }),
        language: signUpLanguageField(),
        redirect_to: redirectField(settings),
      }
    },
    sentence: (settings) => (isMandatory(settings) ? 'Verification e-mail sent.' : undefined),
    unfinishedSentence: ({ emailVerification }) =>
      emailVerification === 'optional' ? 'Verification e-mail sent.' : undefined,
  }),

  /** Proves an address by the link that was mailed to it. */
  verifyEmail: defineOperation({
    procedure: 'registration.verify',
    path: '/registration/verification/{key}/',
    operationId: 'account_confirm_email',
    tag: 'Registration',
    summary: 'Follow a verification link',
    description: 'Leads on to `EMAIL_VERIFIED_REDIRECT` or the built-in page. HEAD changes nothing.',
    access: 'anonymous',
    ...mailedLink('account_confirm_email_button'),
    unreachable: ({ emailVerification }) => emailVerification === 'none',
    input: () => ({ key: keyField() }),
    sentence: 'E-mail address verified.',
  }),

  /** Mails another verification link. */
  resendVerification: defineOperation({
    procedure: 'registration.resend',
    method: 'POST',
    path: '/registration/resend-email/',
    operationId: 'rest_resend_email',
    tag: 'Registration',
    summary: 'Send the verification mail again',
    description:
      'The answer is the same whether or not the address waits for one. With the `password` of a sign-up only its link is mailed. Without it the mail lists every sign-up of the address.',
    access: 'anonymous',
    input: (settings) => ({
      email: knownEmailField(),
      password: checkedPasswordField().optional().meta({ description: 'The password of one sign-up.' }),
      redirect_to: redirectField(settings),
    }),
    sentence: 'Verification e-mail sent.',
  }),
}
