// The page at `/docs` draws the OpenAPI document.

// @ts-expect-error The bundle of Swagger UI defines this function. The page loads it first.
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  // The validator of Swagger UI is a server of another site.
  validatorUrl: null,
})
