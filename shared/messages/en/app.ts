export const app = {
  'app.change-server': 'Change',
  'app.demo.explanation':
    'The people and stories here are made up, and only this computer can reach it. Sign in as one of them. To write together, open a second window as someone else.',
  'app.demo.title': 'Demo newsroom',
  'app.email': 'Email',
  'app.email-invalid': 'Enter your email as name@newsroom.example.',
  'app.language': 'Language',
  'app.loading-newsroom': 'Connecting to the newsroom',
  'app.newsroom-address': 'Newsroom address',
  'app.password': 'Password',
  'app.password-missing': 'Enter your password.',
  'app.server': 'Newsroom at {server}.',
  'app.session-ended': 'Your session has ended. Your work is safe on this computer. Sign in again to send it.',
  'app.sign-in': 'Sign in',
  'app.signing-in': 'Signing in…',
  'app.use-server': 'Connect',
} as const satisfies Record<`app.${string}`, string>
