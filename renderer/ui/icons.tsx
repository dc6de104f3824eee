/** The app's own icons: drawn on a 16-pixel grid with a 1.25-pixel line, to sit beside 13-pixel Inter. */
import type { ReactNode } from 'react'

export interface IconProps {
  /** In pixels; 16 unless told. */
  size?: number
  className?: string | undefined
}

function icon(shape: ReactNode) {
  return function Icon({ size = 16, className }: IconProps) {
    return (
      <svg
        aria-hidden="true"
        className={className}
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {shape}
      </svg>
    )
  }
}

export const PlusIcon = icon(<path d="M8 3.25v9.5M3.25 8h9.5" />)
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />)
export const CheckIcon = icon(<path d="m3.25 8.5 3.25 3.25 6.25-7" />)
export const ChevronDownIcon = icon(<path d="m4.5 6.5 3.5 3.5 3.5-3.5" />)
export const ChevronRightIcon = icon(<path d="m6.5 4.5 3.5 3.5-3.5 3.5" />)
export const ArrowRightIcon = icon(<path d="M2.75 8h10.5M9.25 4l4 4-4 4" />)
export const ArrowUpIcon = icon(<path d="M8 13.25V2.75M4 6.75l4-4 4 4" />)
export const ArrowDownIcon = icon(<path d="M8 2.75v10.5M4 9.25l4 4 4-4" />)
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="3.5" cy="8" r="1.15" />
    <circle cx="8" cy="8" r="1.15" />
    <circle cx="12.5" cy="8" r="1.15" />
  </g>,
)
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.25 10.25 3 3" />
  </>,
)
export const PaneLeftIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M6.25 3v10" />
  </>,
)
export const PaneRightIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M9.75 3v10" />
  </>,
)
export const UndoIcon = icon(<path d="M5.5 3 2.75 5.75 5.5 8.5M2.75 5.75H9.5a3.75 3.75 0 0 1 0 7.5H6" />)
export const RedoIcon = icon(<path d="m10.5 3 2.75 2.75L10.5 8.5M13.25 5.75H6.5a3.75 3.75 0 0 0 0 7.5H10" />)
export const BoldIcon = icon(<path d="M4.75 3h3.75a2.4 2.4 0 0 1 0 4.8H4.75zM4.75 7.8h4.5a2.6 2.6 0 0 1 0 5.2h-4.5z" />)
export const ItalicIcon = icon(<path d="M6.5 3h5M4.5 13h5M9.25 3l-2.5 10" />)
export const LinkIcon = icon(
  <path d="M6.75 9.25a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 1 0-3.7-3.7l-.7.7M9.25 6.75a2.6 2.6 0 0 0-3.7 0l-2.2 2.2a2.6 2.6 0 1 0 3.7 3.7l.7-.7" />,
)
export const BulletListIcon = icon(
  <>
    <path d="M6.25 4h7.25M6.25 8h7.25M6.25 12h7.25" />
    <g fill="currentColor" stroke="none">
      <circle cx="3" cy="4" r="1" />
      <circle cx="3" cy="8" r="1" />
      <circle cx="3" cy="12" r="1" />
    </g>
  </>,
)
export const OrderedListIcon = icon(
  <path d="M6.75 4h6.75M6.75 8h6.75M6.75 12h6.75M2.5 3l1-.5V6M2.5 6h2M2.4 10.4c.2-.7 1.9-.8 1.9.3 0 .8-1.9 1.4-1.9 2.8h2" />,
)
export const QuoteIcon = icon(<path d="M3 3.25v9.5M6 5h7.25M6 8h7.25M6 11h4.5" />)
export const SubheadIcon = icon(<path d="M3 3.25v9.5M9 3.25v9.5M3 8h6M12 8.75l1.25-.75v4.75" />)
export const PictureIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.25" />
    <circle cx="5.5" cy="6.25" r="1" />
    <path d="m2.5 11.75 3.25-3 2.25 2 3-3.25 3 3" />
  </>,
)
export const TrashIcon = icon(
  <path d="M2.75 4.5h10.5M6.25 4.25V2.75h3.5v1.5M4 4.5l.6 8.75h6.8L12 4.5M6.75 7v3.75M9.25 7v3.75" />,
)
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.25" />
    <path d="M10.5 5.25v-1.5a1.25 1.25 0 0 0-1.25-1.25h-5.5A1.25 1.25 0 0 0 2.5 3.75v5.5a1.25 1.25 0 0 0 1.25 1.25h1.5" />
  </>,
)
export const WarningIcon = icon(
  <>
    <path d="M8 2.5 14.25 13H1.75zM8 6.5v3" />
    <circle cx="8" cy="11.25" r="0.7" fill="currentColor" stroke="none" />
  </>,
)
export const InfoIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M8 7.25v3.5" />
    <circle cx="8" cy="5.1" r="0.7" fill="currentColor" stroke="none" />
  </>,
)
export const OfflineIcon = icon(
  <path d="M2.5 2.5l11 11M5.2 5A5.9 5.9 0 0 0 2.75 6.6M8 4.4c2 0 3.85.8 5.25 2.2M5.1 9.2c.5-.5 1.1-.8 1.75-1M10.9 9.2l-.5-.4M7.6 11.9h.8" />,
)
export const ComputerIcon = icon(
  <>
    <rect x="2.5" y="3" width="11" height="7.5" rx="1.25" />
    <path d="M6 13h4M8 10.75V13" />
  </>,
)
export const NewsroomIcon = icon(
  <>
    <path d="M4.9 12.5a3.15 3.15 0 0 1-.3-6.3 3.9 3.9 0 0 1 7.5 1 2.7 2.7 0 0 1-.5 5.3z" />
    <path d="m6.25 9.25 1.4 1.4 2.35-2.6" />
  </>,
)
export const LeaveIcon = icon(
  <path d="M6.5 13.25H3.75a1 1 0 0 1-1-1v-8.5a1 1 0 0 1 1-1H6.5M6.5 8h6.75M10.25 5l3 3-3 3" />,
)
export const WireIcon = icon(
  <>
    <circle cx="8" cy="8" r="1.25" />
    <path d="M5.35 10.65a3.75 3.75 0 0 1 0-5.3M10.65 5.35a3.75 3.75 0 0 1 0 5.3M3.4 12.6a6.5 6.5 0 0 1 0-9.2M12.6 3.4a6.5 6.5 0 0 1 0 9.2" />
  </>,
)
export const SortIcon = icon(<path d="M5 3v10M2.5 10.5 5 13l2.5-2.5M9.5 4h4M9.5 8h3M9.5 12h2" />)
export const ExternalIcon = icon(
  <path d="M9.25 2.75h4v4M13 3 7.5 8.5M11.25 9.25v3a1 1 0 0 1-1 1h-6.5a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1h3" />,
)
export const ClockIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M8 4.75V8l2.25 1.5" />
  </>,
)
export const PencilIcon = icon(
  <path d="m3 13 .6-2.9 7-7a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2l-7 7zM9.6 4.1l2.3 2.3" />,
)
export const KillIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5" />
  </>,
)
export const InboxIcon = icon(
  <path d="M2.5 9.25 4.25 3.5h7.5l1.75 5.75v3.25h-11zM2.5 9.25h3.25a2.25 2.25 0 0 0 4.5 0h3.25" />,
)
export const ServerIcon = icon(
  <>
    <rect x="2.5" y="3" width="11" height="4.25" rx="1" />
    <rect x="2.5" y="8.75" width="11" height="4.25" rx="1" />
    <path d="M5 5.1h.01M5 10.9h.01" />
  </>,
)
export const PauseIcon = icon(<path d="M5.75 3.75v8.5M10.25 3.75v8.5" />)
