// On the page at `/docs`: draws the OpenAPI document.

// @ts-expect-error The page has loaded the bundle of Swagger UI before this.
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  // Its validator is somebody else's server.
  validatorUrl: null,
})
