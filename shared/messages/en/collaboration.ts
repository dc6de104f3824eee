export const collaboration = {} as const satisfies Record<`collaboration.${string}`, string>
