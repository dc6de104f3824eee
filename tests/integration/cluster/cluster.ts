/** Three servers of one newsroom, each a process, on one PostgreSQL and one Redis: all real, all on ports of this computer. */
import { join } from 'node:path'
import { type ServerProcess, startServer } from '#electron/launch/server-process.ts'
import { postgresMissing, startPostgres, type TestPostgres } from '#tests/support/postgres.ts'
import { redisMissing, startRedis, type TestRedis } from '#tests/support/redis.ts'
import { startTcpProxy, type TcpProxy } from '#tests/support/tcp-proxy.ts'
import { tempFolder } from '#tests/support/temp.ts'

/** Why a cluster cannot run here; null when it can. */
export const clusterMissing = postgresMissing ?? redisMissing

export interface ClusterNode {
  /** e.g. `http://127.0.0.1:40123`; different after each start. */
  address: string
  /** Ends the server as a power cut would. */
  kill: () => Promise<void>
  /** Stops the server. Resolves to whether it ended in good order. */
  stop: () => Promise<boolean>
  start: () => Promise<void>
}

export interface Cluster {
  nodes: [ClusterNode, ClusterNode, ClusterNode]
  postgres: TestPostgres
  redis: TestRedis
  /** The proxy between the last node and Redis. */
  cable: TcpProxy
  drop: string
  output: () => string
  close: () => Promise<void>
}

export async function startCluster(): Promise<Cluster> {
  const folder = await tempFolder('galley-cluster-')
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const database = await postgres.createDatabase()
  const cable = await startTcpProxy(redis.port)
  const drop = join(folder.path, 'drop')
  const lines: string[] = []

  async function startNode(name: string, redisUrl: string): Promise<ClusterNode> {
    let server: ServerProcess
    const node: ClusterNode = {
      address: '',
      async kill() {
        await server.kill()
      },
      async stop() {
        const { code } = await server.stop()
        return code === 0
      },
      async start() {
        server = await startServer({
          args: ['--demo', '--log', 'info'],
          env: {
            DATABASE_URL: database,
            REDIS_URL: redisUrl,
            GALLEY_DATA: join(folder.path, 'data'),
            GALLEY_DROP: drop,
            GALLEY_PORT: '0',
          },
          onLine: (line) => lines.push(`${name} ${line}`),
        })
        node.address = server.address
      },
    }
    await node.start()
    return node
  }

  const nodes = await Promise.all([
    startNode('one', redis.url),
    startNode('two', redis.url),
    startNode('three', `redis://127.0.0.1:${cable.port}`),
  ])
  return {
    nodes,
    postgres,
    redis,
    cable,
    drop,
    output: () => lines.join('\n'),
    async close() {
      await Promise.all(nodes.map((node) => node.stop()))
      await cable.close()
      await Promise.all([postgres.close(), redis.close()])
      await folder.remove()
    },
  }
}
