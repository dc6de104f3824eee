export const cli = {} as const satisfies Record<`cli.${string}`, string>
