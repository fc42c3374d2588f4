import type { FurtherMethod, SuccessStatus } from './define-operation.ts'
import type { ContractSettings } from './settings.ts'

/**
 * The part of an operation that serves a mailed link. GET follows the link and redirects to a page.
 *
 * With `emailLinkButton` GET shows a page first. The button of the page posts to the same path.
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
