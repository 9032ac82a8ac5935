import { useMemo } from 'react'
export const score = useMemo
