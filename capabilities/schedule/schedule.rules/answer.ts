import { planWording, restSpans } from './plan-words.ts'
import { type Computed, taskViews, timeWriter } from './view.ts'
import { driverText, type Wording, warningText } from './words.ts'

/** A computed plan as plain data, the same at every door. */
export function planAnswer(computed: Computed, { withDrivers }: { withDrivers: boolean }) {
  const { rows, result } = computed
  const uidOf = new Map(rows.tasks.map((task) => [task.id, task.uid ?? null]))
  const wording = planWording(computed)
  return {
    project: projectAnswer(computed),
    tasks: taskViews(computed).map((view) =>
      withDrivers ? { ...view, drivers: driversAnswer(computed, view.id, uidOf, wording) } : view,
    ),
    links: rows.links.map(({ id, seq, predecessor, successor, type, lag }) => ({
      id,
      seq,
      predecessor,
      successor,
      type,
      lag: lag ?? null,
    })),
    assignments: rows.assignments.map(({ id, seq, task, resource, units, workMinutes }) => ({
      id,
      seq,
      task,
      resource: resource ?? null,
      units: units ?? 1,
      workMinutes: workMinutes ?? 0,
    })),
    resources: rows.resources.map(({ id, name, type }) => ({ id, name, type })),
    restSpans: restSpans(computed),
    warnings: result.warnings.map(({ code, task }) => ({
      code,
      task: task ?? null,
      uid: task === undefined ? null : (uidOf.get(task) ?? null),
      text: warningText(code, task === undefined ? undefined : wording.taskName(task)),
    })),
  }
}

function projectAnswer({ rows, result }: Computed) {
  const { project } = rows
  const time = timeWriter()
  return {
    id: project.id,
    seq: project.seq,
    name: project.name,
    code: project.code ?? null,
    start: time(result.startMinute),
    finish: time(result.finishMinute),
    scheduleFrom: project.scheduleFrom,
    statusDate: project.statusDate ?? null,
    calendar: project.calendar,
    minutesPerDay: project.minutesPerDay,
    minutesPerWeek: project.minutesPerWeek,
    defaultStartMinute: project.defaultStartMinute,
    defaultFinishMinute: project.defaultFinishMinute,
  }
}

function driversAnswer(
  computed: Computed,
  task: string,
  uidOf: ReadonlyMap<string, number | null>,
  wording: Wording,
) {
  return (computed.scheduleOf.get(task)?.drivers ?? []).map((driver) => ({
    kind: driver.kind,
    task: driver.task ?? null,
    uid: driver.task === undefined ? null : (uidOf.get(driver.task) ?? null),
    text: driverText(driver, wording),
  }))
}
