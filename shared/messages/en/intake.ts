export const intake = {} as const satisfies Record<`intake.${string}`, string>
