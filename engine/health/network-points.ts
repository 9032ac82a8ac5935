import type { PlanLink } from '../plan.ts'
import { type HealthFacts, type HealthPoint, idsOf, notApplicable, rounded, sharePoint } from './facts.ts'

/**
 * 1 Logic: tasks lacking a predecessor or a successor ÷ tasks, not finished ones by default (`logicOf`). A link from or
 * to any active task counts, also one of a summary; what a summary waits for does not count for its children.
 */
export function logic(facts: HealthFacts): HealthPoint {
  const { settings, leaves, open, allLinks } = facts
  const head = { number: 1, name: 'Logic', threshold: settings.missingLogicPercent }
  const looked = settings.logicOf === 'all' ? leaves : open
  if (looked.length === 0) return notApplicable(head, '%', 'noTasks')
  const waits = new Set(allLinks.map(({ successor }) => successor))
  const leads = new Set(allLinks.map(({ predecessor }) => predecessor))
  const loose = looked.filter(({ task }) => !waits.has(task.id) || !leads.has(task.id))
  return sharePoint(head, idsOf(loose), looked.length)
}

/** 2 Leads: links with negative lag ÷ links; the offenders are their successors. */
export function leads(facts: HealthFacts): HealthPoint {
  const head = { number: 2, name: 'Leads', threshold: facts.settings.leadsPercent }
  return linkPoint(facts, head, (link) => lagSize(link) < 0)
}

/** 3 Lags: links with positive lag ÷ links. */
export function lags(facts: HealthFacts): HealthPoint {
  const head = { number: 3, name: 'Lags', threshold: facts.settings.lagsPercent }
  return linkPoint(facts, head, (link) => lagSize(link) > 0)
}

/** 4 Relationship types: finish-to-start links ÷ links, at least 90 %; the offenders have another kind of link. */
export function relationshipTypes(facts: HealthFacts): HealthPoint {
  const threshold = facts.settings.finishToStartPercent
  const head = { number: 4, name: 'Relationship types', threshold, better: 'more' as const }
  const others = linkPoint(facts, head, ({ type }) => type !== 'fs')
  if (others.pass === null) return others
  const { of = 0, count = 0 } = others
  const percent = (100 * (of - count)) / of
  return {
    ...others,
    better: 'more',
    value: rounded(percent, 2),
    count: of - count,
    pass: percent >= threshold,
  }
}

/** 5 Hard constraints: tasks that must start or finish on, or not later than, a date ÷ tasks. */
export function hardConstraints({ open, settings }: HealthFacts): HealthPoint {
  const head = { number: 5, name: 'Hard constraints', threshold: settings.hardConstraintsPercent }
  if (open.length === 0) return notApplicable(head, '%', 'noTasks')
  const held = open.filter(({ task }) => HARD.has(task.constraint ?? 'asap'))
  return sharePoint(head, idsOf(held), open.length)
}

const HARD: ReadonlySet<string> = new Set(['mso', 'mfo', 'snlt', 'fnlt'])

function linkPoint(
  { links, plan }: HealthFacts,
  head: Pick<HealthPoint, 'number' | 'name' | 'threshold'> & { better?: 'less' | 'more' },
  isAtFault: (link: PlanLink) => boolean,
): HealthPoint {
  if (links.length === 0) return notApplicable(head, '%', 'noLinks')
  const faults = links.filter(isAtFault)
  const successors = new Set(faults.map(({ successor }) => successor))
  const offenders = plan.tasks.filter(({ id }) => successors.has(id)).map(({ id }) => id)
  const faultIds = faults.map(({ id }) => id)
  return { ...sharePoint(head, faultIds, links.length), offenders, links: faultIds }
}

function lagSize({ lag }: PlanLink): number {
  if (!lag) return 0
  return 'minutes' in lag ? lag.minutes : lag.percent
}
