export const check = {} as const satisfies Record<`check.${string}`, string>
