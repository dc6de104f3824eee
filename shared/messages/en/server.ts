export const server = {} as const satisfies Record<`server.${string}`, string>
