# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json nest-cli.json .swcrc vite.config.ts ./
COPY domain domain
COPY projections projections
COPY src src
COPY web web
COPY scripts/server-projections.mjs scripts/answers.mjs scripts/offline-files.ts scripts/
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# TypeScript is an optional part of a package too, so without development packages alone it would stay.
RUN npm ci --omit=dev --omit=optional

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Topout" \
      org.opencontainers.image.description="Event-sourced milestone tracker for construction and industrial projects" \
      org.opencontainers.image.licenses="MIT"
# The file of keys lies beside the data folder, so the volume is one above it; /keys is for those who keep the two apart.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TOPOUT_DATA=/data/topout
RUN mkdir /data /keys && chown node:node /data /keys && chmod 700 /data /keys \
 && printf '#!/bin/sh\nexec node /app/dist/src/cli/topout.js "$@"\n' > /usr/local/bin/topout && chmod 755 /usr/local/bin/topout
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY examples examples
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/readable`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, which would not pass SIGTERM on.
CMD ["node", "dist/src/main.js"]
