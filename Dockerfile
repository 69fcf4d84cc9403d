# Matinee: `docker build -t matinee . && docker run -p 8082:8082 -p 127.0.0.1:8083:8083 -v matinee:/data matinee`

FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# uWebSockets.js carries binaries for every platform and Node version (230 MB): keep the one this image loads. The second
# copy is for C libraries older than this image's.
RUN npm ci --omit=dev \
 && npm cache clean --force \
 && rm -r node_modules/uWebSockets.js-compat \
 && node -e "const {readdirSync,rmSync}=require('fs'),d='node_modules/uWebSockets.js/',keep='uws_'+process.platform+'_'+process.arch+'_'+process.versions.modules+'.node';for(const f of readdirSync(d))if(f.endsWith('.node')&&f!==keep)rmSync(d+f)"

FROM node:24-trixie-slim
LABEL org.opencontainers.image.title="Matinee" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# State and models belong to the volume. Inside a container, loopback is reachable by nobody: the operators' port listens
# on every address, and the one who publishes it decides who reaches it.
ENV NODE_ENV=production \
    MATINEE_DATA_DIR=/data/var \
    MATINEE_MODELS_DIR=/data/models \
    MATINEE_ADMIN_HOST=0.0.0.0
RUN install -d -o node -g node /data
COPY --from=packages /app/node_modules ./node_modules
COPY package.json package-lock.json LICENSE ./
COPY data ./data
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
EXPOSE 8082 8083
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.MATINEE_PORT||8082)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["start"]
