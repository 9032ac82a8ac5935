import { IconArrowBackUp, IconCommand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { undoLast } from '../../../ui/house/changes.ts'
import { commandBarOpen } from '../../../ui/house/commands.ts'
import { useMay } from '../../../ui/house/data.ts'
import { useStore } from '../../../ui/house/store.ts'
import { where } from '../../../ui/house/where.ts'
import { screens } from '../rooms.ts'

/** On a phone the navigation lies under the thumb. */
export function PhoneTabs() {
  const { project } = useStore(where)
  const may = useMay()
  const pages = screens.filter(
    ({ place, allow }) =>
      (place === 'navigation' || (place === 'project' && project)) && (!allow || may(allow, project)),
  )
  return (
    <nav className="hw-phone-tabs" aria-label="Thumb">
      {pages.slice(0, 3).map(({ path, title, icon: Icon, place }) => (
        <Link
          key={path}
          to={path as string}
          {...(place === 'project' ? { params: { project } as never } : {})}
          activeOptions={{ exact: true }}
        >
          <Icon size={22} stroke={1.5} />
          <span>{title}</span>
        </Link>
      ))}
      <button type="button" onClick={() => void undoLast()}>
        <IconArrowBackUp size={22} stroke={1.5} aria-hidden />
        Undo
      </button>
      <button type="button" onClick={() => commandBarOpen.set(true)}>
        <IconCommand size={22} stroke={1.5} aria-hidden />
        More
      </button>
    </nav>
  )
}
