import { useEffect, useState } from 'react'

/** In milliseconds: shorter than a pause between words, longer than one between letters. */
const SETTLE_MS = 150

/** Returns the value once it has not changed for a moment, e.g. what is typed into a filter. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
