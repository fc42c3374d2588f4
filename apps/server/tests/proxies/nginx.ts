/** A server block that passes everything below a path on, with the path or without it. */
export function serveBelow(path: string, server: { front: number; port: number; strips: boolean }): string {
  const { front, port, strips } = server
  return `server {
    listen 127.0.0.1:${front};
    location ${path}/ {
      proxy_pass http://127.0.0.1:${port}${strips ? '/' : ''};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }`
}

/**
 * A server block in front of several servers.
 *
 * `max_fails=0` makes nginx try a server again at once after it was restarted. A refused connection costs nothing: nginx
 * goes on to the next server, for every method. An idle connection ends before `SHUTDOWN_DELAY` of the tests does. Else
 * nginx could send a POST on it in the moment in which the server closes it.
 */
export function balanceBetween(ports: number[], front: number): string {
  return `upstream latchkey {
    ${ports.map((port) => `server 127.0.0.1:${port} max_fails=0;`).join('\n    ')}
    keepalive 16;
    keepalive_timeout 500ms;
  }
  server {
    listen 127.0.0.1:${front};
    location / {
      proxy_pass http://latchkey;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }`
}
