import type { Room } from '../../kernel/registry.ts'
import * as actions from './library.actions.ts'
import { Template } from './library.model.ts'

export const LIBRARY: Room = {
  name: 'library',
  title: 'Library',
  records: [Template],
  actions: [
    actions.addStandardTemplates,
    actions.addTemplate,
    actions.saveAsTemplate,
    actions.removeTemplate,
    actions.useTemplate,
  ],
  queries: [actions.showTemplate],
}
