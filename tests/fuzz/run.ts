/**
 * `npm run fuzz -- [--count NUMBER] [--seed NUMBER]`: sends a relay 100,000 inputs by default. Exits with 1 when anything
 * throws, hangs or is refused without a name, or when memory keeps growing.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { fuzzNewsroom } from './newsroom.ts'

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const count = Number(values.count ?? 100_000)
const seed = Number(values.seed ?? randomInt(2 ** 31))
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error('--count is a positive whole number, and --seed a whole number')
  process.exit(2)
}

/** Returns the memory in use after garbage collection, in MiB. */
function memory(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1024 / 1024
}
/** How much memory use may grow from the first quarter to the end, in MiB: the story itself grows too. */
const MOST_GROWTH = 128

let early = 0
let told = 0
console.log(`${count} inputs, seed ${seed}`)
const began = performance.now()
const report = await fuzzNewsroom({
  count,
  seed,
  onBatch(inputs) {
    if (early === 0 && inputs >= count / 4) early = memory()
    if (inputs - told < 10_000) return
    told = inputs
    console.log(`${inputs} inputs, ${memory().toFixed(0)} MiB`)
  },
})
const growth = memory() - early
console.log(
  `${report.inputs} inputs in ${((performance.now() - began) / 1000).toFixed(0)} s, ${report.readable} of them readable`,
)
for (const [name, refused] of Object.entries(report.refusals)) console.log(`  ${name}: ${refused} connections`)
console.log(`${growth.toFixed(0)} MiB more in use than after the first quarter`)
if (growth > MOST_GROWTH) {
  console.error(`That is more than ${MOST_GROWTH} MiB: something is not given back`)
  process.exitCode = 1
}
