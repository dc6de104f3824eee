# Galley's server, with the app for browsers in it. Built by docker-compose.yml.
FROM node:24-bookworm-slim AS app
WORKDIR /galley
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npx electron-vite build

FROM node:24-bookworm-slim
WORKDIR /galley
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY shared shared
COPY server server
COPY --from=app /galley/out/renderer out/renderer
RUN mkdir /data /drop && chown node:node /data /drop
USER node
EXPOSE 4870
CMD ["node", "server/main.ts"]
