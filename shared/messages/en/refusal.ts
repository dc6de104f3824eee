/** Why the newsroom, or this app, refuses a request: one message for each meaning. Each says what to do. */
export const refusal = {
  'refusal.offline': 'The newsroom can’t be reached. Check your connection and try again.',
  'refusal.server-error': 'The newsroom’s server had an error and has logged it. Try again.',
  'refusal.server-unavailable': 'The newsroom isn’t available right now. Try again in a moment.',
  'refusal.sign-in-busy': 'Too many people are signing in right now. Try again in a few seconds.',
  'refusal.timeout': 'The newsroom took too long to answer. Try again in a moment.',
  'refusal.too-many-wrong-passwords':
    'Too many wrong passwords. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  'refusal.unknown-answer':
    'This version of Galley can’t read the server’s answer. Update Galley, or check the newsroom’s address.',
  'refusal.wrong-password': 'Wrong email or password.',
} as const satisfies Record<`refusal.${string}`, string>
