// The page at `/docs` draws the OpenAPI document.

const place = document.getElementById('api')

// @ts-expect-error The bundle of Swagger UI defines this function. The page loads it first.
SwaggerUIBundle({
  url: place?.dataset.document,
  dom_id: '#api',
  deepLinking: true,
  // The validator of Swagger UI is a server of another site.
  validatorUrl: null,
})
