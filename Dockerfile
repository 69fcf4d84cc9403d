# docker build -t matinee .                                    with the bundled ratings: learns from them when it is empty
# docker build -t matinee --target without-data .              without: waits for yours, and says so
# docker run --read-only -v matinee:/data -p 8082:8082 -p 127.0.0.1:8083:8083 matinee

FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && chmod +x dist/src/cli/main.js

FROM node:24-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Several packages carry native code for every platform, C library and Node version (240 MB): what is for another Node or
# does not load here is deleted. The second uWebSockets.js is for C libraries older than this image's.
RUN npm ci --omit=dev \
 && npm uninstall --no-save --omit=dev uWebSockets.js-compat \
 && find node_modules -name '*.abi*' ! -name "*.abi$(node --print process.versions.modules).*" -delete \
 && find node_modules -name '*.node' ! -exec node --eval 'require("./" + process.argv[1])' {} ';' -delete 2>/dev/null

FROM node:24-trixie-slim AS without-data
LABEL org.opencontainers.image.title="Matinee" \
      org.opencontainers.image.description="Film recommendations over HTTP, learnt from ratings" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-trixie-slim"
WORKDIR /app
# State and models belong to the volume; nothing else is written. Inside a container, loopback is reachable by nobody: the
# operators' port listens on every address, and the one who publishes it decides who reaches it.
ENV NODE_ENV=production \
    MATINEE_DATA_DIR=/data/var \
    MATINEE_MODELS_DIR=/data/models \
    MATINEE_ADMIN_HOST=0.0.0.0
# The package managers of the base image have no use at run time.
RUN install -d -o node -g node /data \
 && rm -rf /usr/local/lib/node_modules /opt/yarn-* \
 && rm -f /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
 && ln -s /app/dist/src/cli/main.js /usr/local/bin/matinee
# What changes most comes last.
COPY --from=packages /app/node_modules ./node_modules
COPY package.json package-lock.json LICENSE ./
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
EXPOSE 8082 8083
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.MATINEE_PORT||8082)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Node itself is PID 1, without a shell between, and ends by SIGTERM.
ENTRYPOINT ["matinee"]
CMD ["start"]

FROM without-data AS complete
# GroupLens's terms for the ratings: data/movielens-latest-small/README.txt; of the summaries: data/wikipedia-movies/README.md
LABEL org.opencontainers.image.licenses="MIT AND LicenseRef-MovieLens AND CC-BY-SA-4.0"
COPY data ./data
