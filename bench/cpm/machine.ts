import { cpus, loadavg, totalmem } from 'node:os'

/** The machine a figure comes from, and how busy it was: "AMD EPYC, 2 cores, 24 GB, Node v24.21.0; load average …". */
export function machineText(): string {
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(' / ')
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  return `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${memory} GB, Node ${process.version}; load average ${load} (1 / 5 / 15 minutes)`
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.ceil(sorted.length * share) - 1, sorted.length - 1)] ?? Number.NaN
}
