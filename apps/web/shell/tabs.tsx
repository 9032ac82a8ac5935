import { Link } from '@tanstack/react-router'
import { useMay } from '../../../ui/house/data.ts'
import { useStore } from '../../../ui/house/store.ts'
import { tabFigures, where } from '../../../ui/house/where.ts'
import { screens } from '../rooms.ts'

/** The pages of the project that is open, and the figures its page puts beside them. */
export function Tabs() {
  const { project } = useStore(where)
  const figures = useStore(tabFigures)
  const may = useMay()
  if (!project) return null
  const pages = screens.filter(({ place, allow }) => place === 'project' && (!allow || may(allow, project)))
  return (
    <nav className="hw-tabs" aria-label="Project">
      {pages.map(({ path, title }) => (
        <Link key={path} to={path as string} params={{ project } as never} className="hw-tab">
          {title}
        </Link>
      ))}
      <span className="hw-grow" />
      {figures.map(({ label, value, tone }) => (
        <span key={label} className="hw-tab-figure">
          {label} <b data-tone-text={tone}>{value}</b>
        </span>
      ))}
    </nav>
  )
}
