import { app } from './app.ts'
import { check } from './check.ts'
import { cli } from './cli.ts'
import { collaboration } from './collaboration.ts'
import { common } from './common.ts'
import { desk } from './desk.ts'
import { desktop } from './desktop.ts'
import { destination } from './destination.ts'
import { editor } from './editor.ts'
import { intake } from './intake.ts'
import { refusal } from './refusal.ts'
import { server } from './server.ts'
import { story } from './story.ts'
import { ui } from './ui.ts'
import { wire } from './wire.ts'

export const greek = {
  ...common,
  ...app,
  ...ui,
  ...desk,
  ...story,
  ...editor,
  ...wire,
  ...intake,
  ...destination,
  ...collaboration,
  ...desktop,
  ...refusal,
  ...check,
  ...server,
  ...cli,
}
