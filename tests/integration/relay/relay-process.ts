/**
 * A relay process for a test to kill: `node relay-process.ts FOLDER`. It gets ready, waits for a line on its standard
 * input, opens the folder, and prints its address.
 */
import { once } from 'node:events'
import { startTestNewsroom } from './newsroom.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Which folder?')
await once(process.stdin, 'data')
const { address } = await startTestNewsroom({ folder })
console.log(address)
