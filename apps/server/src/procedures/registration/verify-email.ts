import { fields, verifyEmail as verify } from '@latchkey/core'
import { anonymousProcedure } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'
import { keyField } from '../inputs.ts'

const answer = { detail: 'E-mail address verified.' } as const

/** Without `verifying` every link is unknown; with `button` it shows a page first, which posts back. */
export function createVerifyEmail(options: { button: boolean; verifying: boolean }) {
  return anonymousProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/registration/verification/{key}/',
        operationId: 'account_confirm_email',
        tags: ['Registration'],
        summary: 'Follow a verification link',
        description: 'Leads on to `EMAIL_VERIFIED_REDIRECT` or the built-in page. HEAD changes nothing.',
      },
      also: options.button
        ? [
            {
              method: 'POST',
              operationId: 'account_confirm_email_button',
              summary: 'Press the button of the page',
              status: 303,
            },
          ]
        : [],
      status: options.button ? 200 : 302,
      page: 'link',
      unreachable: !options.verifying,
      refusals: ['not_found'],
    })
    .input(fields({ key: keyField() }))
    .output(detailOf(answer.detail))
    .mutation(async ({ ctx, input }) => {
      await verify(ctx.core, input)
      return answer
    })
}
