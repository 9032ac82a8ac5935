import type { Room } from '../../kernel/registry.ts'
import { discardReport, draftReport, publishReport, showReport, writeReport } from './report.actions.ts'
import { statusReport } from './report.documents.ts'
import { Report } from './report.model.ts'
import { openDrafts } from './report.parts.ts'

export const REPORT: Room = {
  name: 'report',
  title: 'Status reports',
  records: [Report],
  actions: [draftReport, writeReport, discardReport, publishReport],
  queries: [showReport],
  parts: [openDrafts],
  documents: [statusReport],
  permissions: { 'report.publish': 'Publish status reports' },
}
