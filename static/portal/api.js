// Swagger UI on the page where the REST interface is tried out. Requests carry the session's CSRF token.
const place = document.getElementById("swagger");

window.SwaggerUIBundle({
  url: place.dataset.document,
  dom_id: "#swagger",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
  requestInterceptor(request) {
    if (new URL(request.url, window.location.href).origin === window.location.origin) {
      request.headers["X-CSRFToken"] = place.dataset.csrf;
    }
    return request;
  },
});
