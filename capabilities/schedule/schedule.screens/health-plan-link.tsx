import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** Leads to the row of a task in the plan. */
export function PlanLink(props: { project: string; task: string; children: ReactNode }) {
  return (
    <Link
      className="hw-link"
      to={'/projects/$project/plan' as string}
      params={{ project: props.project } as never}
      search={((before: object) => ({ ...before, task: props.task })) as never}
    >
      {props.children}
    </Link>
  )
}
