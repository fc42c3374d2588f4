import type { FurtherMethod, SuccessStatus } from './define-operation.ts'
import type { ContractSettings } from './settings.ts'

/**
 * What an operation has that a mailed link leads to: it is followed by GET and leads on to a page.
 *
 * With `emailLinkButton` it shows a page first, whose button posts to the same path.
 */
export function mailedLink(buttonOperationId: string) {
  return {
    method: 'GET',
    page: 'link',
    status: ({ emailLinkButton }: ContractSettings): SuccessStatus => (emailLinkButton ? 200 : 302),
    also: ({ emailLinkButton }: ContractSettings): FurtherMethod[] =>
      emailLinkButton
        ? [
            {
              method: 'POST',
              operationId: buttonOperationId,
              summary: 'Press the button of the page',
              status: 303,
            },
          ]
        : [],
    refusals: ['not_found'],
  } as const
}
