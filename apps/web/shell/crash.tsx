import { Component, type ReactNode } from 'react'
import { Refusal } from '../../../ui/refusal.tsx'

/** A page that failed says so in its own place; navigation and command bar stay usable. */
export class Crash extends Component<{ children: ReactNode }, { failed: Error | undefined }> {
  override state: { failed: Error | undefined } = { failed: undefined }

  static getDerivedStateFromError(failed: Error) {
    return { failed }
  }

  override render() {
    const { failed } = this.state
    if (!failed) return this.props.children
    return (
      <div className="hw-page">
        <Refusal
          refusal={{
            code: 'page.failed',
            sentence: 'This page could not be shown.',
            next: `${failed.message}. What you saved is safe; load the page again.`,
          }}
          action={{ label: 'Load again', run: () => location.reload() }}
        />
      </div>
    )
  }
}
