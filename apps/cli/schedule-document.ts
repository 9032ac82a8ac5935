import type { showSchedule } from '../../capabilities/schedule/schedule.queries.ts'

type Shown = Awaited<ReturnType<typeof showSchedule.run>>

/** The answer of `helmward schedule PLAN --json`. Times are the project's wall clock, durations in minutes. */
export function scheduleDocument(shown: Shown, ms: number) {
  const { name, start, finish, minutesPerDay } = shown.project
  return {
    project: { name, start, finish, minutesPerDay },
    ms,
    warnings: shown.warnings.map(({ code, uid, text }) => ({ code, ...(uid === null ? {} : { uid }), text })),
    tasks: shown.tasks
      .filter((task) => !task.blank)
      .map((task) => ({
        uid: task.uid,
        id: task.row,
        wbs: task.wbs,
        name: task.name,
        summary: task.summary,
        milestone: task.milestone,
        start: task.start,
        finish: task.finish,
        earlyStart: task.earlyStart,
        earlyFinish: task.earlyFinish,
        lateStart: task.lateStart,
        lateFinish: task.lateFinish,
        durationMinutes: task.durationMinutes,
        workMinutes: task.workMinutes,
        freeSlackMinutes: task.freeSlackMinutes,
        totalSlackMinutes: task.totalSlackMinutes,
        critical: task.critical,
        drivers:
          'drivers' in task
            ? task.drivers.map(({ kind, uid, text }) => ({ kind, ...(uid === null ? {} : { uid }), text }))
            : [],
      })),
  }
}
