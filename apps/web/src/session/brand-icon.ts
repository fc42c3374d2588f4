/** Shows the logo of the operator as the icon of the page, in the place of the built-in one. */
export function showBrandIcon(logoUrl: string | null): void {
  const icon = document.querySelector('link[rel="icon"]')
  if (logoUrl !== null) icon?.setAttribute('href', logoUrl)
}
