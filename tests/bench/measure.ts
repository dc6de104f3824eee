/** Measurements of a process on Linux, and statistics over many of them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export interface CpuTime {
  /** The CPU time of a process with all its threads, user and system, in seconds. */
  used: number
  /** How long its main thread waited for a core, in seconds. */
  waited: number
}

export function cpuTime(pid: number): CpuTime {
  const threads = readdirSync(`/proc/${pid}/task`)
  try {
    // The scheduler's own count is in nanoseconds; `stat` has only ticks of 10 ms.
    const times = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' '))
    const waited = Number(times[threads.indexOf(String(pid))]?.[1])
    return { used: times.reduce((sum, [used]) => sum + Number(used), 0) / 1e9, waited: waited / 1e9 }
  } catch {
    // The name, in parentheses, may hold spaces; user and system time are the 14th and 15th field of the line.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { used: (Number(fields[11]) + Number(fields[12])) / 100, waited: 0 }
  }
}

/** Returns the memory of a process in bytes, with its share of shared pages (PSS). */
export function memory(pid: number): number {
  return kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss') * 1024
}

/** Returns the peak memory of a process, in bytes (RSS). */
export function peakMemory(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, 'VmHWM') * 1024
}

/** Returns the bytes that a process has sent to the disk. */
export function writtenBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'latin1'))?.[1])
}

function kilobytes(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'latin1'))?.[1])
}

/** Returns the bytes of all files in a folder. */
export function storedBytes(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size
  }
  return bytes
}

/** Resolves once a process has used almost no CPU for a while. */
export async function untilIdle(pid: number, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs
  let before = cpuTime(pid).used
  for (let quiet = 0; quiet < 3 && performance.now() < end;) {
    await delay(30)
    const now = cpuTime(pid).used
    quiet = now - before < 0.0015 ? quiet + 1 : 0
    before = now
  }
}

/** Times in milliseconds, counted in buckets of 1 % width from one microsecond up. */
export class Latencies {
  readonly #buckets = new Float64Array(2400)
  #count = 0

  get count(): number {
    return this.#count
  }

  record(ms: number): void {
    const bucket = ms <= 0.001 ? 0 : Math.min(2399, Math.floor(Math.log(ms * 1000) / Math.log(1.01)))
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#count++
  }

  /** Returns the time below which this part (0 to 1) of all times lies; NaN when there are none. */
  percentile(part: number): number {
    let left = this.#count * part
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count
      if (left <= 0 && this.#count > 0) return 1.01 ** (bucket + 1) / 1000
    }
    return NaN
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper
}
