# The server, its portal and its command line, without a shell, npm or a package manager:
#   docker build --tag latchkey:0.1.0 .
# Both base images can be copies in a registry of your own, by digest: --build-arg NODE_IMAGE=… --build-arg BASE_IMAGE=…
ARG NODE_IMAGE=docker.io/library/node:24.21.0-bookworm-slim
ARG BASE_IMAGE=gcr.io/distroless/cc-debian12:nonroot

# The npm package `latchkey`, from the sources of this folder.
FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY . .
RUN npm run pack

# The package as npm installs it. No install script runs.
FROM ${NODE_IMAGE} AS install
WORKDIR /app
COPY --from=build /src/dist/latchkey-[0-9]*.tgz /tmp/package/
RUN npm install --ignore-scripts --no-audit --no-fund --no-package-lock /tmp/package/*.tgz

# What runs: libraries of Debian, Node, and the package. Every file belongs to root, and the server does not.
FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Latchkey" \
      org.opencontainers.image.description="A self-hosted authentication server" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"
COPY --from=install /usr/local/bin/node /usr/local/bin/node
COPY --from=install /usr/local/LICENSE /usr/share/doc/node/LICENSE
COPY --from=install /app /app
ENV NODE_ENV=production
WORKDIR /app
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
  CMD ["/usr/local/bin/node", "/app/node_modules/latchkey/bin/latchkey.cjs", "health"]
ENTRYPOINT ["/usr/local/bin/node", "/app/node_modules/latchkey/bin/latchkey.cjs"]
CMD ["start"]
