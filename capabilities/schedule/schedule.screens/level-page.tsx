import './level.css'
import { Button } from '@mantine/core'
import { IconCheck, IconRefresh, IconScale } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatSlip } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { Empty } from '../../../ui/empty.tsx'
import { act, tellRefusal, tellStep, undoLast } from '../../../ui/house/changes.ts'
import { useCommands } from '../../../ui/house/commands.ts'
import { useAsk, useMay } from '../../../ui/house/data.ts'
import { nameBeside, useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { FinishChain, LeftOver } from './level-left.tsx'
import { MovesTable } from './level-moves.tsx'
import { LevelOptions } from './level-options.tsx'
import { inputOf, type LevelSearch, type LevelWish, type Preview, useLevelSearch } from './level-search.ts'
import { dayOf, gapText, overloadFigures, peopleText } from './level-words.ts'

/** Nobody has more to do than they can: what would move, why, and what that does to the finish; accepted or not. */
export function LevelPage() {
  const { project } = useParams({ strict: false }) as { project: string }
  return <LevelOf key={project} project={project} />
}

type Named = { id: string; name: string; code: string | null }

function LevelOf({ project }: { project: string }) {
  const { data: projects } = useAsk<readonly Named[]>('project.list', {})
  const may = useMay()
  const [wish, setWish] = useState<LevelWish>({
    project,
    with: [],
    room: 'extend',
    splitting: false,
    order: 'priority',
    from: '',
    to: '',
    seconds: 5,
  })
  const search = useLevelSearch(wish)
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set())
  const name = projects?.find(({ id }) => id === project) ?? { name: '', code: null }
  useWhere({
    project,
    crumbs: [
      { label: nameBeside(name), ...(name.code ? { code: name.code } : {}), to: '/projects' },
      { label: 'Levelling' },
    ],
  })
  const mayWrite = [project, ...wish.with].every((each) => may('schedule.write', each))
  const others = (projects ?? []).filter(({ id }) => id !== project && may('schedule.read', id))
  const { preview } = search
  const hands = useAccept(wish, preview, dropped, mayWrite)
  const ways = { search, hands, dropped }
  useLevelKeys(ways)
  return (
    <div className="hw-level-page">
      <h1 className="hw-hidden">Levelling of {name.name}</h1>
      <div className="hw-level-bar" role="toolbar" aria-label="Levelling">
        <LevelOptions wish={wish} others={others} onWish={setWish} />
        <span className="hw-grow" />
        <Accept {...ways} />
      </div>
      <div className="hw-level-main">
        {search.refusal && <Refusal refusal={search.refusal} />}
        <Searching search={search} wish={wish} />
        {preview && (
          <Outcome
            preview={preview}
            minutesPerDay={preview.projects[0]?.minutesPerDay ?? 480}
            dropped={dropped}
            onDropped={mayWrite ? setDropped : undefined}
          />
        )}
        <FinishChain project={project} />
      </div>
    </div>
  )
}

type Hands = {
  readonly isBusy: boolean
  readonly total: number
  readonly chosen: number
  /** Absent when there is nothing to accept or no right to. */
  readonly accept?: (whole: boolean) => void
}

function useAccept(
  wish: LevelWish,
  preview: Preview | undefined,
  dropped: ReadonlySet<string>,
  mayWrite: boolean,
): Hands {
  const [isBusy, setBusy] = useState(false)
  const moves = preview?.moves ?? []
  const chosen = moves.filter(({ task }) => !dropped.has(task))
  const accept = async (whole: boolean) => {
    if (!preview) return
    const taken = whole ? moves : chosen
    const words = `${taken.length === 1 ? 'One task' : `${taken.length} tasks`} levelled.`
    setBusy(true)
    try {
      const tasks = taken.map(({ task }) => task)
      const input = { ...inputOf(wish), schedules: preview.tried, ...(whole ? {} : { tasks }) }
      await act('schedule.level', input, { words })
      tellStep({
        lead: words,
        effect: finishEffect(preview, taken.length === moves.length),
        action: { label: 'Undo', keyName: 'Ctrl Z', run: () => void undoLast() },
      })
    } catch (error) {
      tellRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  const counts = { isBusy, total: moves.length, chosen: chosen.length }
  return mayWrite && moves.length > 0 ? { ...counts, accept: (whole) => void accept(whole) } : counts
}

function finishEffect({ finishBefore, finishAfter }: Preview, whole: boolean): string {
  if (!whole) return 'The rest follows its links.'
  if (finishBefore === finishAfter) return `The finish stays on ${dayOf(finishAfter)}.`
  return `The finish moves to ${dayOf(finishAfter)}.`
}

type Ways = { search: LevelSearch; hands: Hands; dropped: ReadonlySet<string> }

function useLevelKeys({ search, hands }: Ways): void {
  const isSearching = search.share !== undefined
  const { accept, chosen } = hands
  usePageKeys('Levelling', [
    ...(accept && chosen > 0 && !isSearching
      ? [{ keys: 'a', does: 'accept the chosen moves', run: () => accept(chosen === hands.total) }]
      : []),
    ...(isSearching ? [{ keys: 'u', does: 'use the best so far', run: search.useNow }] : []),
    ...(isSearching ? [] : [{ keys: 's', does: 'search on', run: search.goOn }]),
  ])
  useCommands(() =>
    accept && chosen > 0 && !isSearching
      ? [
          {
            id: 'schedule.level',
            title: `Accept ${chosen === hands.total ? 'all' : 'the chosen'} moves of levelling`,
            group: 'Do',
            icon: IconScale,
            hint: 'schedule.level',
            run: () => accept(chosen === hands.total),
          },
        ]
      : [],
  )
}

function Accept({ search, hands }: Ways) {
  const { accept, total, chosen, isBusy } = hands
  const isSearching = search.share !== undefined
  const canGoOn = !isSearching && (search.isCancelled || search.preview?.triedNext != null)
  return (
    <>
      {canGoOn && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.6} />}
          rightSection={<kbd>s</kbd>}
          onClick={search.goOn}
        >
          {search.isCancelled ? 'Search again' : 'Search on'}
        </Button>
      )}
      {accept && chosen < total && (
        <Button size="xs" variant="default" disabled={isSearching || isBusy} onClick={() => accept(true)}>
          Accept all {total}
        </Button>
      )}
      {accept && (
        <Button
          size="xs"
          leftSection={<IconCheck size={16} stroke={1.8} />}
          rightSection={<kbd>a</kbd>}
          disabled={isSearching || chosen === 0}
          loading={isBusy}
          onClick={() => accept(chosen === total)}
        >
          {chosen === total ? `Accept all ${total}` : `Accept ${chosen} chosen`}
        </Button>
      )}
    </>
  )
}

function Searching({ search, wish }: { search: LevelSearch; wish: LevelWish }) {
  const { share, preview } = search
  if (share === undefined) return null
  const left = Math.max(1, Math.ceil((1 - share) * wish.seconds))
  return (
    <section className="hw-card hw-level-search" aria-label="Search">
      <Progress
        work={{
          title: 'Levelling',
          share,
          best: preview && `best so far ${dayOf(preview.finishAfter)}`,
          detail: preview
            ? `at most ${left} s left; none finishes before ${dayOf(preview.projects[0]?.finishBound ?? preview.finishUnlimited)}`
            : 'the first answer is on its way',
          ...(preview ? { onUseNow: search.useNow } : {}),
          onCancel: search.cancel,
        }}
      />
    </section>
  )
}

type Shown = {
  preview: Preview
  minutesPerDay: number
  dropped: ReadonlySet<string>
  onDropped: ((dropped: ReadonlySet<string>) => void) | undefined
}

function Outcome(given: Shown) {
  const { preview } = given
  const isLevel = preview.moves.length === 0 && preview.overloads.length === 0
  if (isLevel) {
    return (
      <Empty
        icon={<IconScale size={26} stroke={1.4} />}
        title="Nobody has too much to do"
        sentence="Everybody can do what the plan asks of them when it asks for it. As soon as two tasks need the same person at once, they are put one after the other here."
      />
    )
  }
  return (
    <>
      <Figures preview={preview} />
      {preview.moves.length > 0 && <MovesTable {...given} />}
      <LeftOver preview={preview} />
    </>
  )
}

function Figures({ preview }: Pick<Shown, 'preview'>) {
  const before = overloadFigures(preview.overloadsBefore)
  const after = overloadFigures(preview.overloads)
  return (
    <div className="hw-level-figures">
      <section className="hw-card" aria-label="Finish">
        {preview.projects.map(({ project, name, finishBefore, finishAfter }) => (
          <div key={project} className="hw-level-figure">
            <span className="hw-dim hw-small">{preview.projects.length > 1 ? name : 'Finish'}</span>
            <p>
              {dayOf(finishBefore)} <span aria-hidden>→</span> <b>{dayOf(finishAfter)}</b>{' '}
              <Slip before={finishBefore} after={finishAfter} />
            </p>
          </div>
        ))}
        <p className="hw-dim hw-small">{gapText(preview)}</p>
      </section>
      <section className="hw-card" aria-label="Over-allocation">
        <div className="hw-level-figure">
          <span className="hw-dim hw-small">Too much to do</span>
          <p>
            {peopleText(before)} <span aria-hidden>→</span>{' '}
            <b className={after.conflicts > 0 ? 'hw-late' : 'hw-better'}>{peopleText(after)}</b>
          </p>
        </div>
        <p className="hw-dim hw-small">
          {preview.moves.length === 1 ? 'One task moves' : `${preview.moves.length} tasks move`};{' '}
          {preview.schedules.toLocaleString('en')} {preview.schedules === 1 ? 'plan' : 'plans'} tried
        </p>
      </section>
    </div>
  )
}

/** Calendar days by which the finish moves out. */
function Slip(props: { before: string; after: string }) {
  const days = (minuteOf(props.after) - minuteOf(props.before)) / 1440
  if (Math.round(days * 10) === 0) return <span className="hw-dim">stays</span>
  return (
    <span className={days > 0 ? 'hw-late' : 'hw-better'}>{formatSlip(days * 480, 480)} calendar days</span>
  )
}
