/** The sign of the house. */
export function Helm({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent-solid)" />
      <g fill="none" stroke="#fff" strokeWidth="1.7" strokeLinecap="round">
        <circle cx="12" cy="12" r="6.4" />
        <circle cx="12" cy="12" r="1.7" />
        <path d="M12 13.7v4.5M10.4 11.4 6.2 9.9M13.6 11.4l4.2-1.5" />
      </g>
    </svg>
  )
}
