export const destination = {} as const satisfies Record<`destination.${string}`, string>
