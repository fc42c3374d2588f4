/**
 * Writes the page at `/docs`; everything it loads is served from here.
 *
 * @param basePath - the path of `PUBLIC_URL`
 */
export function createDocsPage(basePath: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Latchkey API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${basePath}/docs/swagger-ui.css">
    <link rel="stylesheet" href="${basePath}/docs/page.css">
  </head>
  <body>
    <div id="api" data-document="${basePath}/openapi.json"></div>
    <noscript>This page needs JavaScript. The document itself is at <a href="${basePath}/openapi.json">${basePath}/openapi.json</a>.</noscript>
    <script src="${basePath}/docs/swagger-ui-bundle.js"></script>
    <script src="${basePath}/docs/page.js"></script>
  </body>
</html>
`
}
