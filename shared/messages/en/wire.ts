export const wire = {} as const satisfies Record<`wire.${string}`, string>
