import type { Room } from '../../kernel/registry.ts'
import * as actions from './project.actions.ts'
import { Gate, Phase, Project } from './project.model.ts'
import { gatesDue, lifeCyclePart } from './project.parts.ts'

export const PROJECT: Room = {
  name: 'project',
  title: 'Projects',
  records: [Project, Phase, Gate],
  actions: [
    actions.createProject,
    actions.editProject,
    actions.addPhase,
    actions.removePhase,
    actions.addGate,
    actions.decideGate,
  ],
  queries: [actions.listProjects],
  parts: [lifeCyclePart, gatesDue],
  permissions: { 'project.create': 'Create and import projects' },
}
