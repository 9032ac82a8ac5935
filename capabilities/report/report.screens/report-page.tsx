import './report.css'
import { Button, Select } from '@mantine/core'
import { IconDownload, IconReport, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Chip } from '../../../ui/chips.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { newId, read, refusalOf } from '../../../ui/house/api.ts'
import { act, tellRefusal } from '../../../ui/house/changes.ts'
import { localDay } from '../../../ui/house/clock.ts'
import { useCommands } from '../../../ui/house/commands.ts'
import { askKey, instantOf, useAsk, useAsOf, useMay } from '../../../ui/house/data.ts'
import { nameBeside, useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { showToast } from '../../../ui/toast.tsx'
import type { ReportFacts } from '../report.facts.ts'
import { ReportSide, type StoredReport } from './report-side.tsx'

/** The status reports of a project: the page as it goes out, beside it the author's words and the rule of each rating. */
export function ReportPage() {
  const { project } = useParams({ strict: false }) as { project: string }
  const { reports, name, error } = useReports(project)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  useWhere({
    project,
    crumbs: [
      { label: nameBeside(name), ...(name.code ? { code: name.code } : {}), to: '/projects' },
      { label: 'Status report' },
    ],
  })
  const may = useMay()
  const mayWrite = may('report.write', project)
  const draft = async () => {
    const id = newId()
    try {
      const to = (name.statusDate ?? localDay()).slice(0, 10)
      await act('report.draft', { id, project, to }, { words: 'Status report drafted.' })
      setChosen(id)
    } catch (fault) {
      tellRefusal(fault)
    }
  }
  usePageKeys(
    'Status report',
    mayWrite ? [{ keys: 'c', does: 'draft a status report', run: () => void draft() }] : [],
  )
  useCommands(() =>
    mayWrite
      ? [
          {
            id: 'report.draft',
            title: 'Draft a status report',
            group: 'Do',
            icon: IconReport,
            hint: 'report.draft',
            run: () => void draft(),
          },
        ]
      : [],
  )
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal refusal={{ code, sentence: message }} />
      </div>
    )
  }
  if (!reports) return null
  const report = reports.find(({ id }) => id === chosen) ?? reports[0]
  if (!report) return <NoReport {...(mayWrite ? { onDraft: () => void draft() } : {})} />
  return (
    <OpenReport
      key={report.id}
      report={report}
      reports={reports}
      rights={{ write: mayWrite, publish: may('report.publish', project) }}
      onChoose={setChosen}
      onDraft={() => void draft()}
    />
  )
}

type Named = { name: string; code: string | null; statusDate: string | null }

function useReports(project: string) {
  const asOf = useAsOf()
  const moment = instantOf(asOf)
  const { data, error } = useQuery({
    queryKey: askKey('records/report', project, asOf),
    queryFn: ({ signal }) =>
      read<{ rows: readonly StoredReport[] }>(
        `/api/records/report?project=${project}&sort=-number&size=500${moment ? `&asOf=${encodeURIComponent(moment)}` : ''}`,
        signal,
      ),
  })
  const { data: projects } = useAsk<readonly (Named & { id: string })[]>('project.list', {})
  const name: Named = projects?.find(({ id }) => id === project) ?? { name: '', code: null, statusDate: null }
  return { reports: data?.rows, name, error }
}

function NoReport({ onDraft }: { onDraft?: () => void }) {
  return (
    <>
      <h1 className="hw-hidden">Status report</h1>
      <Empty
        icon={<IconReport size={26} stroke={1.4} />}
        title="No status report yet"
        sentence="A report says how the schedule stands and by which rule, milestones against the baseline, what is late and what changed. It is drafted from the plan; you add your words."
        {...(onDraft ? { action: { label: 'Draft the first report', keyName: 'c', run: onDraft } } : {})}
      />
    </>
  )
}

type Opened = {
  report: StoredReport
  reports: readonly StoredReport[]
  rights: { write: boolean; publish: boolean }
  onChoose: (id: string) => void
  onDraft: () => void
}

function OpenReport(given: Opened) {
  const { report, rights } = given
  const { data: facts, error } = useAsk<ReportFacts>('report.status', { report: report.id })
  const refusal = error && refusalOf(error)
  return (
    <div className="hw-report">
      <h1 className="hw-hidden">Status report no. {report.number}</h1>
      <ReportBar {...given} />
      <div className="hw-report-body">
        <div className="hw-report-paper">
          {refusal ? (
            <Refusal refusal={{ code: refusal.code, sentence: refusal.message }} />
          ) : (
            <iframe
              // A draft follows the plan: the page is loaded anew when its figures may have changed.
              key={report.state === 'published' ? report.id : (facts?.seq ?? 0)}
              title={`Status report no. ${report.number}`}
              src={addressOf(report, 'html')}
            />
          )}
        </div>
        <ReportSide key={report.seq} report={report} facts={facts} mayWrite={rights.write} />
      </div>
    </div>
  )
}

function addressOf({ id }: StoredReport, format: 'html' | 'pdf'): string {
  return `/api/documents/status-report.${format}?report=${id}`
}

function ReportBar({ report, reports, rights, onChoose, onDraft }: Opened) {
  const [isPublishing, setPublishing] = useState(false)
  const isDraft = report.state === 'draft'
  const publish = async () => {
    setPublishing(true)
    try {
      await act('report.publish', { report: report.id }, { words: `Report no. ${report.number} published.` })
      showToast({ lead: `Report no. ${report.number} published.`, effect: 'It stays as it is for ever.' })
    } catch (error) {
      tellRefusal(error)
    } finally {
      setPublishing(false)
    }
  }
  return (
    <div className="hw-report-bar" role="toolbar" aria-label="Status report">
      <Select
        size="xs"
        w={230}
        aria-label="Report"
        allowDeselect={false}
        data={reports.map((one) => ({ value: one.id, label: `No. ${one.number}, ${one.from} to ${one.to}` }))}
        value={report.id}
        onChange={(id) => id !== null && onChoose(id)}
      />
      <Chip tone={isDraft ? 'amber' : 'green'}>{isDraft ? 'Draft' : 'Published'}</Chip>
      <span className="hw-grow" />
      {isPublishing && <Progress work={{ title: 'Printing HTML and PDF' }} />}
      <Button
        size="xs"
        variant="default"
        component="a"
        href={addressOf(report, 'html')}
        download={`status-report-${report.number}.html`}
      >
        HTML
      </Button>
      <Button
        size="xs"
        variant="default"
        component="a"
        href={addressOf(report, 'pdf')}
        download={`status-report-${report.number}.pdf`}
        leftSection={<IconDownload size={16} stroke={1.6} />}
      >
        PDF
      </Button>
      {isDraft && rights.publish && (
        <Button
          size="xs"
          leftSection={<IconSend size={16} stroke={1.6} />}
          loading={isPublishing}
          onClick={() => void publish()}
        >
          Publish
        </Button>
      )}
      {!isDraft && rights.write && reports[0]?.state === 'published' && (
        <Button size="xs" onClick={onDraft} rightSection={<kbd>c</kbd>}>
          Draft the next
        </Button>
      )}
    </div>
  )
}
