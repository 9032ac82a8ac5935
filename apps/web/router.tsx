import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  type RouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'
import { screens } from './rooms.ts'
import { NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'
import { SignIn } from './sign-in/sign-in.tsx'

type Search = { asOf?: string; token?: string; to?: string; task?: string }

function searchOf(raw: Record<string, unknown>): Search {
  const day = typeof raw.asOf === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw.asOf) ? raw.asOf : undefined
  return {
    ...(day === undefined ? {} : { asOf: day }),
    ...(raw.token === undefined ? {} : { token: String(raw.token) }),
    ...(typeof raw.to === 'string' ? { to: raw.to } : {}),
    ...(typeof raw.task === 'string' ? { task: raw.task } : {}),
  }
}

const root = createRootRoute({
  validateSearch: searchOf,
  search: { middlewares: [retainSearchParams(['asOf'])] },
  component: Outlet,
  notFoundComponent: NotFound,
})

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignIn })
const house = createRoute({ getParentRoute: () => root, id: 'house', component: Shell })
const home = createRoute({
  getParentRoute: () => house,
  path: '/',
  component: () => <Navigate to={'/desk' as string} />,
})

const pages = screens.map(({ path, component }) =>
  createRoute({ getParentRoute: () => house, path, component: component as RouteComponent }),
)

export const router = createRouter({
  routeTree: root.addChildren([signIn, house.addChildren([home, ...pages])]),
  defaultPreload: false,
})
