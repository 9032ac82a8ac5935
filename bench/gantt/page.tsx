import { Button } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { formatDay } from '../../drawing/format.ts'
import type { Span } from '../../drawing/gantt/view.ts'
import { Gantt } from '../../ui/gantt/gantt.tsx'
import { planKeySheet } from '../../ui/gantt/gantt-keys.ts'
import type { PlanRow } from '../../ui/gantt/outline.ts'
import type { PlanPatch, PlanStyle } from '../../ui/gantt/plan-columns.ts'
import { KeySheet, usePageKeys } from '../../ui/keys.tsx'
import { type Why, WhyPopover } from '../../ui/popover-why.tsx'
import { HelmwardTheme } from '../../ui/theme.tsx'
import { showToast, Toasts } from '../../ui/toast.tsx'
import { Components } from './components.tsx'
import { harborline, harborlineLinks, largePlan, todayMinute } from './plan-of.ts'

const asked = new URLSearchParams(location.search)
const count = Number(asked.get('rows') ?? 0)

const plan: PlanStyle = { todayMinute, minutesPerDay: 480, minutesPerWeek: 2400, daysPerMonth: 20 }

function weekends({ startMinute, finishMinute }: Span): Span[] {
  const spans: Span[] = []
  for (let day = Math.floor(startMinute / 1440) - 2; day * 1440 < finishMinute; day += 1) {
    // 3 January 1970 was a Saturday.
    if ((day + 5) % 7 === 0) spans.push({ startMinute: day * 1440, finishMinute: (day + 2) * 1440 })
  }
  return spans
}

const start = count > 0 ? largePlan(count) : { rows: harborline, links: harborlineLinks }

function PlanPage() {
  const [rows, setRows] = useState<readonly PlanRow[]>(start.rows)
  const [links, setLinks] = useState(start.links)
  const [why, setWhy] = useState<{ why: Why; anchor: DOMRect } | undefined>(undefined)
  const [traced, setTraced] = useState<ReadonlySet<string> | undefined>(undefined)
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set(['t61']))
  usePageKeys('Plan', planKeySheet)
  const patch = useCallback((ids: readonly string[], change: (row: PlanRow) => Partial<PlanRow>) => {
    const wanted = new Set(ids)
    setRows((before) => before.map((row) => (wanted.has(row.id) ? { ...row, ...change(row) } : row)))
  }, [])
  const nonWorking = useCallback((span: Span) => weekends(span), [])
  return (
    <main style={{ height: '100vh', display: 'flex', flexDirection: 'column' }}>
      <h1 className="hw-hidden">Plan bench</h1>
      <div style={{ flex: 1, minHeight: 0 }}>
        <Gantt
          label="Plan of ERP"
          rows={rows}
          links={links}
          plan={plan}
          collapsed={collapsed}
          onCollapse={setCollapsed}
          statusMinute={todayMinute - 3 * 1440}
          nonWorking={nonWorking}
          {...(traced ? { traced } : {})}
          onEdit={(id, given) => edit(id, given, patch)}
          onMove={(ids, startMinute) => {
            const held = rows.find((row) => row.id === ids[0])?.startMinute ?? startMinute
            const by = startMinute - held
            patch(ids, (row) => ({
              startMinute: (row.startMinute ?? 0) + by,
              finishMinute: (row.finishMinute ?? 0) + by,
            }))
            showToast({
              lead: `${ids.length === 1 ? 'One task' : `${ids.length} tasks`} moved.`,
              effect: `Starts ${formatDay(startMinute, { todayMinute })}.`,
              action: { label: 'Undo', keyName: 'Ctrl Z', run: () => setRows(rows) },
            })
          }}
          onResize={(id, durationMinutes) =>
            patch([id], (row) => ({
              durationMinutes,
              finishMinute: (row.startMinute ?? 0) + (durationMinutes / 480) * 2016,
            }))
          }
          onProgress={(id, percentComplete) => patch([id], () => ({ percentComplete }))}
          onLink={(from, to, type) => setLinks((before) => [...before, { from, to, type }])}
          onIndent={(ids) => patch(ids, (row) => ({ depth: row.depth + 1 }))}
          onOutdent={(ids) => patch(ids, (row) => ({ depth: Math.max(row.depth - 1, 0) }))}
          onDelete={(ids) => setRows((before) => before.filter((row) => !ids.includes(row.id)))}
          onTrace={(id) =>
            setTraced(id === undefined ? undefined : new Set([id, 't98', 't99', 't141', 't155']))
          }
          onOpen={() => {}}
          onExplain={(id, _, anchor) => setWhy({ why: whyOf(rows.find((row) => row.id === id)), anchor })}
        />
      </div>
      <WhyPopover why={why?.why} anchor={why?.anchor} onClose={() => setWhy(undefined)} />
      <KeySheet />
      <Toasts />
    </main>
  )
}

function edit(
  id: string,
  given: PlanPatch,
  patch: (ids: readonly string[], change: (row: PlanRow) => Partial<PlanRow>) => void,
) {
  if (given.percentComplete === 13)
    return { code: 'bench.unlucky', sentence: 'Thirteen percent is refused here. Type another figure.' }
  patch([id], () => given as Partial<PlanRow>)
  return undefined
}

function whyOf(row: PlanRow | undefined): Why {
  return {
    title: `Why does this start on ${formatDay(row?.startMinute ?? 0, { todayMinute, weekday: true })}?`,
    lead: `${row?.wbs ?? ''} ${row?.name ?? ''} · baseline Mon 16 Nov`,
    inputs: [
      {
        label: 'Sets it',
        main: true,
        value: (
          <>
            <b>5.4 Install and smoke test</b> finishes Tue 8 Dec.
          </>
        ),
      },
      { label: 'Next limit', value: <>Test environment ready Fri 27 Nov</> },
    ],
    message: (
      <>
        <b>Each day won at Brightwater moves go-live one day</b>, up to 7 days; then the test environment
        decides.
      </>
    ),
    actions: <Button>Simulate recovery</Button>,
    source: 'schedule.explain',
  }
}

// What the browser takes to fetch the page is not ours; what we take from rows to picture is.
const beganMilliseconds = performance.now()

function Timed({ children }: { children: ReactNode }) {
  useEffect(() => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const taken = performance.now() - beganMilliseconds
        document.documentElement.dataset.openMilliseconds = taken.toFixed(1)
      }),
    )
  }, [])
  return children
}

const theme = asked.get('theme') === 'dark' ? 'dark' : 'light'
const element = document.getElementById('page')
if (element) {
  createRoot(element).render(
    <HelmwardTheme force={theme}>
      <Timed>{asked.get('page') === 'components' ? <Components /> : <PlanPage />}</Timed>
    </HelmwardTheme>,
  )
}
