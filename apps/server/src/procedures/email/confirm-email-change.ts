import { confirmEmailChange as confirm, fields } from '@latchkey/core'
import { anonymousProcedure } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'
import { keyField } from '../inputs.ts'

const answer = { detail: 'E-mail address changed.' } as const

/** With `button` the link shows a page first, whose button posts to the same path. */
export function createConfirmEmailChange(options: { button: boolean }) {
  return anonymousProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/email/change/confirm/{key}/',
        operationId: 'email_change_confirm',
        tags: ['User'],
        summary: 'Follow the link of a change of address',
        description: 'The address becomes the new one and other sessions end. HEAD changes nothing.',
      },
      also: options.button
        ? [
            {
              method: 'POST',
              operationId: 'email_change_confirm_button',
              summary: 'Press the button of the page',
              status: 303,
            },
          ]
        : [],
      status: options.button ? 200 : 302,
      page: 'link',
      refusals: ['not_found'],
    })
    .input(fields({ key: keyField() }))
    .output(detailOf(answer.detail))
    .mutation(async ({ ctx, input }) => {
      await confirm(ctx.core, input)
      return answer
    })
}
