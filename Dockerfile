# Countertop in a container, as `npm start` runs it. Two stages: what builds stays behind.
# docs/running.md says how to use it; tests/processes/container.test.ts follows it line by line.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /srv/countertop
COPY package.json package-lock.json ./
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run -s build
# Next.js's compiler (@next/swc-*) stays: it reads next.config.ts at every start.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf .next/cache

FROM node:24.21.0-bookworm-slim
WORKDIR /srv/countertop
COPY --from=build /srv/countertop/node_modules ./node_modules
COPY --from=build /srv/countertop/.next ./.next
# The sources go along: the commands are TypeScript, and the start compares them with the build.
COPY app ./app
COPY components ./components
COPY lib ./lib
COPY public ./public
COPY server ./server
COPY package.json package-lock.json tsconfig.json LICENSE ./
COPY next.config.ts tailwind.config.ts instrumentation.ts proxy.ts ./
# All of it belongs to root and is only read; what the shop remembers lies in the volume.
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=file:/data/countertop.db
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=12s --start-period=60s --retries=3 \
  CMD ["node", "server/commands/healthy.mjs"]
CMD ["node", "server/commands/start.mjs"]
